import type { User } from "../domain/access/contact.ts";
import type { Incident } from "../domain/incidents/incident.ts";
import type { UserStore } from "./ports/access.ts";
import type { IncidentStore } from "./ports/incidents.ts";
import type { ScheduleStore, ServiceStore } from "./ports/oncall.ts";

/** Things that people search by name. */
export interface Directory {
  /** The latest, resolved ones included. */
  readonly incidents: readonly Incident[];
  readonly services: readonly string[];
  readonly teams: readonly string[];
  readonly users: readonly Pick<User, "name" | "email">[];
}

export interface DirectoryDeps {
  readonly incidents: IncidentStore;
  readonly services: ServiceStore;
  readonly schedules: ScheduleStore;
  readonly users: UserStore;
}

/** Names in each part of a directory. */
const most = 200;

/**
 * Returns the latest 100 incidents and up to 200 services, teams and users. A request each, and at most 50 read units
 * for the incidents; the others take a unit per 8 KB.
 */
export async function readDirectory({
  incidents,
  services,
  schedules,
  users,
}: DirectoryDeps): Promise<Directory> {
  const first = { limit: most, after: null };
  const [latest, owned, scheduled, known] = await Promise.all([
    incidents.list({}, { limit: 100, after: null }),
    services.list(first),
    schedules.list(first),
    users.list(first),
  ]);
  return {
    incidents: latest.items,
    services: owned.items.map(({ name }) => name),
    teams: [
      ...new Set([...scheduled.items.map(({ team }) => team), ...owned.items.map(({ team }) => team)]),
    ].sort(),
    users: known.items.map(({ name, email }) => ({ name, email })),
  };
}
