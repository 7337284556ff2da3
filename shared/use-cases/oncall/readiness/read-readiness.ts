import { phoneNumbersOf } from "../../../channels/address.ts";
import type { Destination, User } from "../../../domain/access/contact.ts";
import { limits } from "../../../domain/limits.ts";
import { defaultReadiness, readinessOf, type TeamReadiness } from "../../../domain/oncall/readiness.ts";
import type { Person } from "../../../domain/person.ts";
import type { PhoneStore, PushDeviceStore, ReachabilityStore, UserStore } from "../../ports/access.ts";
import type { DrillStore, ScheduleStore, TeamSchedule } from "../../ports/oncall.ts";
import type { Page, PageRequest } from "../../ports/page.ts";
import { required } from "../../required.ts";

export interface ReadReadinessDeps {
  readonly schedules: Pick<ScheduleStore, "load" | "listNames">;
  readonly users: Pick<UserStore, "findAll">;
  readonly reachability: Pick<ReachabilityStore, "loadAll">;
  readonly pushDevices: Pick<PushDeviceStore, "load">;
  readonly phones: Pick<PhoneStore, "stopped">;
  readonly drills: Pick<DrillStore, "findAll">;
  readonly hasProvider: (method: Destination) => boolean;
}

/**
 * Lists teams with a schedule, and whether their people can be reached.
 *
 * Reads one query per team, and for each of at most 100 people per team two units, half of one for a phone number and up to
 * two for push devices. Nothing grows with history.
 */
export async function listReadiness(
  deps: ReadReadinessDeps,
  page: PageRequest,
  now: number,
): Promise<Page<TeamReadiness>> {
  const { items, next } = await deps.schedules.listNames(page);
  const loaded = await Promise.all(
    items.map(async (team) => ({ team, loaded: await deps.schedules.load(team, now, { stale: true }) })),
  );
  const teams = loaded.flatMap(({ team, loaded }) => (loaded?.schedule ? [{ team, loaded }] : []));
  return { items: await readTeams(deps, teams), next };
}

/** @throws NotFound if the team has no schedule */
export async function readReadiness(
  deps: ReadReadinessDeps,
  team: string,
  now: number,
): Promise<TeamReadiness> {
  const loaded = await deps.schedules.load(team, now, { stale: true });
  required(loaded?.schedule, "schedule", team);
  const [readiness] = await readTeams(deps, loaded ? [{ team, loaded }] : []);
  return required(readiness, "schedule", team);
}

async function readTeams(
  deps: ReadReadinessDeps,
  teams: readonly { readonly team: string; readonly loaded: TeamSchedule }[],
): Promise<TeamReadiness[]> {
  const listed = teams.map(({ team, loaded }) => {
    const everyone = peopleOf(loaded);
    const rule = loaded.readiness ?? defaultReadiness;
    return { team, rule, everyone, shown: everyone.slice(0, limits.readinessPeople) };
  });
  const emails = [...new Set(listed.flatMap(({ shown }) => shown.map(({ email }) => email)))];
  const [users, reachable, drills] = await Promise.all([
    deps.users.findAll(emails),
    deps.reachability.loadAll(emails),
    deps.drills.findAll(listed.map(({ team }) => team)),
  ]);
  const reach = {
    hasProvider: deps.hasProvider,
    stopped: await stoppedOf(deps, users),
    withDevices: await withDevicesOf(deps, users),
  };
  const userOf = new Map(users.map((user) => [user.email, user]));
  const answeredAtOf = new Map(reachable.map(({ email, answeredAt }) => [email, answeredAt]));
  return listed.map(({ team, rule, everyone, shown }) => {
    const drill = drills.find((each) => each.team === team);
    const people = shown.map((person) => {
      const { email } = person;
      const answeredAt = answeredAtOf.get(email) ?? null;
      return readinessOf(person, userOf.get(email), answeredAt, rule, reach, drill);
    });
    return { team, rule, drill: drill ?? null, people, more: everyone.length - shown.length };
  });
}

/** Returns the people on a schedule and in its overrides, each once, in the order of their rotation. */
function peopleOf({ schedule, history }: TeamSchedule): readonly Person[] {
  const members = (schedule?.layers ?? []).flatMap((layer) => layer.members);
  const all = [...members, ...history.overrides.map(({ person }) => person)];
  return [...new Map(all.toReversed().map((person) => [person.email, person])).values()].toReversed();
}

async function stoppedOf(
  { phones }: ReadReadinessDeps,
  users: readonly User[],
): Promise<ReadonlySet<string>> {
  const numbers = phoneNumbersOf(users.flatMap(({ contactMethods }) => contactMethods));
  return numbers.length === 0 ? new Set() : phones.stopped(numbers);
}

async function withDevicesOf(
  { pushDevices }: ReadReadinessDeps,
  users: readonly User[],
): Promise<ReadonlySet<string>> {
  const withPush = users.filter(({ contactMethods }) =>
    contactMethods.some(({ channel }) => channel === "push"),
  );
  const known = await Promise.all(withPush.map(({ email }) => pushDevices.load(email)));
  return new Set(known.flatMap(({ email, devices }) => (devices.length > 0 ? [email] : [])));
}
