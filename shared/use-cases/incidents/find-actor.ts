import { namesOf, type Person, readActor } from "../../domain/person.ts";
import type { UserStore } from "../ports/access.ts";
import type { ScheduleStore } from "../ports/oncall.ts";

export interface FindActorDeps {
  readonly schedules: Pick<ScheduleStore, "load">;
  readonly users: Pick<UserStore, "find">;
  /** Returns the person who is signed in and makes the current request; undefined for other work. */
  readonly signedIn: () => Person | undefined;
}

/** Returns an actor with the email of the person who is signed in, if it is their name. Others stay unchanged. */
export function withVerifiedEmail({ signedIn }: Pick<FindActorDeps, "signedIn">, actor: string): string {
  const person = signedIn();
  return person?.name === actor ? `${person.name} <${person.email}>` : actor;
}

/**
 * Returns the person that an actor is: the member of the team's schedule with this email, name or Slack name,
 * otherwise the user with this email. The name of the person who is signed in stands for their email. Null for actors
 * that are no person, such as most API keys, and for names that several people have.
 *
 * Reads the schedule, about half a unit, and the user only for an email that is not in the schedule.
 */
export async function findActor(
  deps: FindActorDeps,
  actor: string,
  team: string,
  now: number,
): Promise<Person | null> {
  const { schedules, users } = deps;
  const loaded = await schedules.load(team, now, { stale: true });
  const members = (loaded?.history.schedules ?? [])
    .flatMap(({ layers }) => layers)
    .flatMap((layer) => layer.members);
  const overriding = (loaded?.history.overrides ?? []).map(({ person }) => person);
  const { name, address } = readActor(withVerifiedEmail(deps, actor));
  const found = new Map(
    [...overriding, ...members]
      .filter((person) => namesOf(person).includes(address))
      .map((person) => [person.email, { name: person.name, email: person.email }]),
  );
  if (found.size > 0) return found.size === 1 ? ([...found.values()][0] ?? null) : null;
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address)) return null;
  return { name: (await users.find(address))?.name ?? name, email: address };
}
