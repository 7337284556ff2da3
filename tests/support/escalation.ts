/** An incident's climb, told in seconds since it opened. */

import type { Incident } from "../../shared/domain/incidents/incident.ts";
import type { EscalationPolicy } from "../../shared/domain/oncall/escalation.ts";
import type { Schedule, SimpleSchedule } from "../../shared/domain/oncall/schedule.ts";
import { changeIncident } from "../../shared/use-cases/incidents/change-incident.ts";
import { aDraft, ada, aSchedule, bob, monday, seconds } from "./builders.ts";
import { testWorld, type World, type WorldOptions } from "./world.ts";

/** The team of the service that alerts come from unless they name another. */
export const team = "checkout";

const secondsOf = (at: number): number => (at - monday) / 1_000;

export interface TeamOptions {
  /** Ada is primary and Bob is secondary unless it says otherwise; null for no schedule at all. */
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

/** A world with one team. */
export async function worldOf(options: TeamOptions = {}, world: WorldOptions = {}): Promise<World> {
  const made = testWorld(world);
  const { simpleSchedule = adaThenBob } = options;
  if (simpleSchedule)
    await made.seen.schedules.create(aSchedule({ team, ...options.schedule }, simpleSchedule));
  if (options.policy) await made.seen.schedules.putPolicy(team, options.policy);
  return made;
}

/** The same with an incident that has just been opened by an alert. */
export async function opened(options: TeamOptions = {}): Promise<World> {
  const world = await worldOf(options);
  await world.receive(aDraft({ dedupKey: "a" }));
  await world.pump();
  return world;
}

/** Lets it be so many seconds after the beginning, with everything done that was due by then. */
export async function at(world: World, second: number): Promise<void> {
  await world.settle({ within: monday + seconds(second) - world.now() });
  world.waitUntil(monday + seconds(second));
}

export async function incidentOf({ seen }: World): Promise<Incident> {
  const [incident] = (await seen.incidents.list({}, { limit: 1, after: null })).items;
  if (!incident) throw new Error("There is no incident");
  return incident;
}

export async function answer(
  world: World,
  to: "acknowledged" | "resolved",
  deps: World["deps"] = world.deps,
): Promise<Incident> {
  const { id } = await incidentOf(world);
  const commands = [{ type: "move", to, actor: "ada" }] as const;
  return changeIncident(deps, id, { commands, note: null, actor: "ada" }, world.now());
}

/** Who was paged: `second pass.level recipient`, in the order of time. */
export async function climbOf({ seen }: World): Promise<string[]> {
  const { items } = await seen.notifications.list({}, { limit: 200, after: null });
  return items
    .map(({ createdAt, metadata: { pass, level }, recipient }) => ({
      second: secondsOf(createdAt),
      rest: `${pass}.${level} ${recipient.split("@")[0]}`,
    }))
    .toSorted((a, b) => a.second - b.second || (a.rest < b.rest ? -1 : 1))
    .map(({ second, rest }) => `${second} ${rest}`);
}

/** Where it stands: `pass.level`, and when the next step is due. */
export async function placeOf(world: World): Promise<string | null> {
  const { escalation } = await incidentOf(world);
  if (!escalation) return null;
  const { pass, level, nextAt } = escalation;
  return `${pass}.${level} ${nextAt === null ? "stays" : `until ${secondsOf(nextAt)}`}`;
}

export async function timelineOf(world: World): Promise<string[]> {
  const { id } = await incidentOf(world);
  return (await world.seen.incidents.history(id)).events.map(({ type }) => type);
}
