/** Readable report of a plan: who would be on call, and the differences from the original. */
import { layeredPlan, planOf } from "../../shared/contracts/oncall/schedules/plan.ts";
import { onCallAt, type ScheduleHistory } from "../../shared/domain/oncall/on-call.ts";
import { type OnCallRole, type Override, onCallRoles } from "../../shared/domain/oncall/schedule.ts";
import { parseInstant } from "../../shared/domain/time.ts";
import type { ImportWarning } from "./imported.ts";
import type { Plan } from "./plan.ts";

/**
 * Returns a line per team with its structure and the people on call, for comparison with the other system.
 */
export function teamLines(plan: Plan, now: number): string[] {
  const teams = new Set([...plan.schedules, ...plan.policies, ...plan.services].map(({ team }) => team));
  return [...teams].toSorted().map((team) => {
    const levels = plan.policies.find((policy) => policy.team === team)?.body.rules.length ?? 0;
    const services = plan.services.filter((service) => service.team === team).length;
    const schedule = historyOf(plan, team);
    const people =
      schedule && onCallIn(schedule, now).map(({ role, email }) => `${role} ${email ?? "no one"}`);
    return `team ${team}: ${people?.join(", ") ?? "no schedule"}; levels: ${levels}, services: ${services}`;
  });
}

/** Returns the on-call sources of a team; undefined if it has no schedule. */
export function historyOf(plan: Plan, team: string): ScheduleHistory | undefined {
  const body = plan.schedules.find((schedule) => schedule.team === team)?.body;
  if (!body) return undefined;
  const overrides = plan.overrides.filter((override) => override.team === team).map(overrideFrom);
  return { schedules: [{ ...planOf(layeredPlan.parse(body), 0), inForceFrom: null }], overrides };
}

/** Returns the people on call by role, without roles that have no layers. */
export function onCallIn(
  schedule: ScheduleHistory,
  at: number,
): { role: OnCallRole; email: string | null }[] {
  const own = onCallRoles.filter((role) =>
    schedule.schedules.some(({ layers }) => layers.some((layer) => layer.role === role)),
  );
  return own.map((role) => ({ role, email: onCallAt(schedule, role, at).person?.email ?? null }));
}

function overrideFrom(body: Plan["overrides"][number]): Override {
  return {
    id: "",
    team: body.team,
    role: body.role ?? "primary",
    person: { name: body.user_name, email: body.user_email },
    replaces: null,
    reason: null,
    start: parseInstant(body.starts_at ?? "") ?? 0,
    end: parseInstant(body.ends_at ?? "") ?? 0,
    createdAt: 0,
  };
}

export function warningLines({ warnings }: Plan): string[] {
  return [
    ...section("Not imported:", warnings, "left"),
    ...section("Imported with changes:", warnings, "changed"),
  ];
}

function section(title: string, warnings: readonly ImportWarning[], kind: ImportWarning["kind"]): string[] {
  const own = warnings.filter((warning) => warning.kind === kind);
  if (own.length === 0) return [];
  return ["", title, ...new Set(own.map(({ what, why, instead }) => `- ${what}: ${why}. ${instead}`))];
}

export function summaryOf({ users, schedules, overrides, policies, services, warnings }: Plan): string {
  const skipped = warnings.filter(({ kind }) => kind === "left").length;
  return (
    `Users: ${users.length}, schedules: ${schedules.length}, overrides: ${overrides.length}, ` +
    `escalation policies: ${policies.length}, services: ${services.length}, not imported: ${skipped}.`
  );
}
