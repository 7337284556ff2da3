/**
 * Converts the configuration of another system to requests of the API, with one team per escalation policy.
 */
import type * as z from "zod";
import { putUserContract } from "../../shared/contracts/access/put-user.ts";
import type { userInput } from "../../shared/contracts/access/user.ts";
import { serviceName, teamName } from "../../shared/contracts/fields.ts";
import { overrideInput } from "../../shared/contracts/oncall/overrides/override.ts";
import { policyInput } from "../../shared/contracts/oncall/policy.ts";
import { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import { limits } from "../../shared/domain/limits.ts";
import { type OnCallRole, onCallRoles } from "../../shared/domain/oncall/schedule.ts";
import { formatInstant } from "../../shared/domain/time.ts";
import { parsed } from "./export-records.ts";
import {
  type ImportedConfiguration,
  type ImportedPolicy,
  type ImportedSchedule,
  type ImportedTarget,
  type ImportWarning,
  importOrWarn,
  type ServiceSettings,
} from "./imported.ts";

type Layer = z.input<typeof layeredPlan>["layers"][number];
type PolicyTarget = z.input<typeof policyInput>["rules"][number]["targets"][number];

export interface Plan {
  readonly users: readonly { readonly email: string; readonly body: z.input<typeof userInput> }[];
  readonly schedules: readonly { readonly team: string; readonly body: z.input<typeof layeredPlan> }[];
  readonly overrides: readonly z.input<typeof overrideInput>[];
  readonly policies: readonly { readonly team: string; readonly body: z.input<typeof policyInput> }[];
  readonly services: readonly ({ readonly service: string; readonly team: string } & ServiceSettings)[];
  readonly warnings: readonly ImportWarning[];
}

/** Deterministic: names and IDs depend only on the export. */
export function planImport(move: ImportedConfiguration): Plan {
  const warnings = [...move.warnings];
  const users = move.people.filter(({ email, body }) =>
    importOrWarn(warnings, () => parsed(`user ${email}`, putUserContract.body, body)),
  );
  const teams = teamsOf(move, warnings).map((team) => ({ ...team, ...fill(team, move.schedules, warnings) }));
  const owners = new Map(
    teams.flatMap(({ policy, team, schedule, body }) => (schedule || body ? [[policy.id, team]] : [])),
  );
  const services = move.services.flatMap(({ name, owner, settings }) => {
    const what = `service "${name}"`;
    const service = importOrWarn(warnings, () => parsed(what, serviceName, name));
    const team = owners.get(owner);
    if (service !== undefined && team !== undefined) return [{ service, team, ...settings }];
    warnings.push({
      kind: "left",
      what,
      why: "has no imported policy or schedule",
      instead: "Assign it to a team with PUT /api/v1/services/{service}.",
    });
    return [];
  });
  return {
    users,
    schedules: teams.flatMap(({ team, schedule }) => (schedule ? [{ team, body: schedule }] : [])),
    overrides: teams.flatMap(({ overrides }) => overrides),
    policies: teams.flatMap(({ team, body }) => (body ? [{ team, body }] : [])),
    services,
    warnings,
  };
}

interface Team {
  readonly team: string;
  readonly policy: ImportedPolicy;
}

/** Returns the teams: one per policy, and one per schedule without a policy. */
function teamsOf({ policies, schedules }: ImportedConfiguration, warnings: ImportWarning[]): Team[] {
  const named = new Set(
    policies.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets.flatMap(idOfSchedule))),
  );
  const alone = schedules.filter(({ id }) => !named.has(id)).map(policyOfSchedule);
  const taken = new Set<string>();
  return [...policies, ...alone].map((policy) => {
    const wanted = slugOf(policy.team);
    let team = wanted;
    for (let count = 2; taken.has(team); count += 1) team = `${wanted}-${count}`;
    taken.add(team);
    if (team !== wanted)
      warnings.push({
        kind: "changed",
        what: `team "${policy.team}"`,
        why: `becomes ${team}, because another ${wanted} exists`,
        instead: "Rename one of them in the other system to change the name.",
      });
    return { team, policy };
  });
}

function idOfSchedule(target: ImportedTarget): string[] {
  return target.type === "schedule" ? [target.id] : [];
}

/** Returns a policy that pages the people on call once. */
export function policyOfSchedule({ id, name }: Pick<ImportedSchedule, "id" | "name">): ImportedPolicy {
  return {
    id,
    name,
    team: name,
    levels: [{ targets: [{ type: "schedule", id, name }], delaySeconds: 300 }],
    repeat: 0,
  };
}

/** `Zahlungen & Käufe` becomes `zahlungen-kaufe`. A name without Latin letters stays unchanged. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return teamName.safeParse(slug || name).data ?? "team";
}

function fill({ team, policy }: Team, schedules: readonly ImportedSchedule[], warnings: ImportWarning[]) {
  const roles = rolesOf(policy, schedules, warnings);
  const layers = named(
    [...roles].flatMap(([schedule, own]) =>
      schedule.roleSlots.flatMap((slot, index) =>
        slot.map(({ layer }): Layer => ({ ...layer, role: own[index] ?? "primary" })),
      ),
    ),
  );
  const [first] = roles.keys();
  const body = first && { timezone: first.timezone, layers };
  const schedule =
    body && importOrWarn(warnings, () => parsed(`team ${team}`, layeredPlan, body)) ? body : undefined;
  return {
    schedule,
    overrides: schedule ? overridesOf(team, roles, warnings) : [],
    body: policyBody(policy, schedule ? roles : new Map(), schedules, warnings),
  };
}

/**
 * Assigns the schedules of a policy to the roles of its team. A team has one primary, one secondary and one
 * time zone. The rest is reported.
 */
function rolesOf(policy: ImportedPolicy, schedules: readonly ImportedSchedule[], warnings: ImportWarning[]) {
  const ids = new Set(policy.levels.flatMap(({ targets }) => targets.flatMap(idOfSchedule)));
  const roles = new Map<ImportedSchedule, readonly OnCallRole[]>();
  let used = 0;
  for (const id of ids) {
    const schedule = schedules.find((each) => each.id === id);
    if (!schedule || (constantPerson(schedule) && used > 0)) continue;
    const [first = schedule] = roles.keys();
    const what = `escalation policy "${policy.name}", schedule "${schedule.name}"`;
    if (first.timezone !== schedule.timezone) {
      warnings.push({
        kind: "left",
        what,
        why: `is in ${schedule.timezone}, the policy's first schedule in ${first.timezone}`,
        instead: "Use one time zone for both, or a separate policy.",
      });
    } else if (used + schedule.roleSlots.length > onCallRoles.length) {
      warnings.push({
        kind: "left",
        what,
        why: "a team has only a primary and a secondary, and both roles are taken",
        instead: "List people in that level, or use a separate policy.",
      });
    } else {
      roles.set(schedule, onCallRoles.slice(used, used + schedule.roleSlots.length));
      used += schedule.roleSlots.length;
    }
  }
  return roles;
}

/** Returns the person on call if a schedule always has the same one, who can then be a target directly. */
function constantPerson({ roleSlots, overrides }: ImportedSchedule): string | undefined {
  const [[only, ...layers] = [], ...others] = roleSlots;
  const [member, ...members] = only?.layer.members ?? [];
  const restricted = (only?.layer.restrictions ?? []).length > 0;
  const several = layers.length + others.length + members.length + overrides.length > 0;
  return restricted || several ? undefined : member?.email;
}

/** Makes layer names unique within a schedule. */
function named(layers: readonly Layer[]): Layer[] {
  const taken = new Set<string>();
  return layers.map((layer) => {
    const base = [...layer.name].slice(0, limits.personNameLength - 4).join("");
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base} ${count}`;
    taken.add(name);
    return { ...layer, name };
  });
}

function overridesOf(
  team: string,
  roles: ReadonlyMap<ImportedSchedule, readonly OnCallRole[]>,
  warnings: ImportWarning[],
): z.input<typeof overrideInput>[] {
  return [...roles].flatMap(([schedule, own]) =>
    schedule.overrides.flatMap(({ id, name, email, start, end, roleSlots }) =>
      roleSlots.flatMap((slot) => {
        const body = {
          team,
          user_name: name,
          user_email: email,
          role: own[slot] ?? "primary",
          starts_at: formatInstant(start),
          ends_at: formatInstant(end),
        };
        const what = `schedule "${schedule.name}", override ${id}`;
        return importOrWarn(warnings, () => parsed(what, overrideInput, body)) ? [body] : [];
      }),
    ),
  );
}

function policyBody(
  { name, levels, repeat }: ImportedPolicy,
  roles: ReadonlyMap<ImportedSchedule, readonly OnCallRole[]>,
  schedules: readonly ImportedSchedule[],
  warnings: ImportWarning[],
): z.input<typeof policyInput> | undefined {
  const what = `escalation policy "${name}"`;
  const rules = levels.flatMap(({ targets, delaySeconds }, index) => {
    const level = `${what}, level ${index + 1}`;
    const ours = targets.flatMap((target) => targetsOf(target, roles, schedules, level, warnings));
    if (ours.length > 0) return [{ targets: ours, delay_seconds: delaySeconds }];
    warnings.push({
      kind: "left",
      what: level,
      why: "pages no imported user; the next level is paged instead",
      instead: "Add a level that pages someone to the team's policy.",
    });
    return [];
  });
  if (rules.length === 0) {
    const why = "has no level that pages someone";
    warnings.push({ kind: "left", what, why, instead: "Create a policy for the team manually." });
    return undefined;
  }
  const body = { rules, repeat };
  return importOrWarn(warnings, () => parsed(what, policyInput, body)) && body;
}

function targetsOf(
  target: ImportedTarget,
  roles: ReadonlyMap<ImportedSchedule, readonly OnCallRole[]>,
  schedules: readonly ImportedSchedule[],
  level: string,
  warnings: ImportWarning[],
): PolicyTarget[] {
  if (target.type === "user") return [target];
  const schedule = schedules.find(({ id }) => id === target.id);
  const own = schedule && roles.get(schedule);
  if (own) return own.map((role) => ({ type: "schedule", role }));
  const person = schedule && constantPerson(schedule);
  if (person !== undefined) return [{ type: "user", email: person }];
  warnings.push({
    kind: "left",
    what: level,
    why: `pages schedule "${schedule?.name ?? target.name}", which could not be assigned to the team`,
    instead: "See the message about that schedule.",
  });
  return [];
}
