/** Escalation of an incident, in seconds since it opened. */

import type { Incident } from "../../../shared/domain/incidents/incident.ts";
import type { EscalationPolicy } from "../../../shared/domain/oncall/escalation.ts";
import type { Schedule, SimpleSchedule } from "../../../shared/domain/oncall/schedule.ts";
import { changeIncident } from "../../../shared/use-cases/incidents/change-incident.ts";
import { aDraft, ada, aSchedule, bob, monday, seconds } from "../builders.ts";
import { type TestSystem, type TestSystemOptions, testSystem } from "./system.ts";

/** Default team of the alerts' service. */
export const team = "checkout";

const secondsOf = (at: number): number => (at - monday) / 1_000;

export interface TeamOptions {
  /** Default: Ada is primary and Bob is secondary. Null for no schedule. */
  readonly simpleSchedule?: Partial<SimpleSchedule> | null;
  readonly schedule?: Partial<Schedule>;
  readonly policy?: EscalationPolicy;
}

export const adaThenBob: Partial<SimpleSchedule> = {
  members: [
    { ...ada, role: "primary" },
    { ...bob, role: "secondary" },
  ],
};

/** Creates a system with one team. */
export async function systemOf(
  options: TeamOptions = {},
  system: TestSystemOptions = {},
): Promise<TestSystem> {
  const made = testSystem(system);
  const { simpleSchedule = adaThenBob } = options;
  if (simpleSchedule)
    await made.seen.schedules.create(aSchedule({ team, ...options.schedule }, simpleSchedule));
  if (options.policy) await made.seen.schedules.putPolicy(team, options.policy);
  return made;
}

/** Creates a system with an incident that was just opened by an alert. */
export async function opened(options: TeamOptions = {}): Promise<TestSystem> {
  const system = await systemOf(options);
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.pump();
  return system;
}

/** Advances to this many seconds after the start, running everything that is due. */
export async function at(system: TestSystem, second: number): Promise<void> {
  await system.settle({ within: monday + seconds(second) - system.now() });
  system.waitUntil(monday + seconds(second));
}

export async function incidentOf({ seen }: TestSystem): Promise<Incident> {
  const [incident] = (await seen.incidents.list({}, { limit: 1, after: null })).items;
  if (!incident) throw new Error("There is no incident");
  return incident;
}

export async function answer(
  system: TestSystem,
  to: "acknowledged" | "resolved",
  deps: TestSystem["deps"] = system.deps,
): Promise<Incident> {
  const { id } = await incidentOf(system);
  const commands = [{ type: "move", to, actor: "ada" }] as const;
  return changeIncident(deps, id, { commands, note: null, actor: "ada" }, system.now());
}

/** Returns the pages as `second round.level recipient`, in order of time. */
export async function escalationOf({ seen }: TestSystem): Promise<string[]> {
  const { items } = await seen.notifications.list({}, { limit: 200, after: null });
  return items
    .map(({ createdAt, metadata: { pass, level }, recipient }) => ({
      second: secondsOf(createdAt),
      rest: `${pass}.${level} ${recipient.split("@")[0]}`,
    }))
    .toSorted((a, b) => a.second - b.second || (a.rest < b.rest ? -1 : 1))
    .map(({ second, rest }) => `${second} ${rest}`);
}

/** Returns the current position as `round.level`, and the time of the next step. */
export async function positionOf(system: TestSystem): Promise<string | null> {
  const { escalation } = await incidentOf(system);
  if (!escalation) return null;
  const { pass, level, nextAt } = escalation;
  return `${pass}.${level} ${nextAt === null ? "stays" : `until ${secondsOf(nextAt)}`}`;
}

export async function timelineOf(system: TestSystem): Promise<string[]> {
  const { id } = await incidentOf(system);
  return (await system.seen.incidentEvents.history(id)).events.map(({ type }) => type);
}
