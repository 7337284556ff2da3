import { type Fault, Invalid } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { withRequest } from "../../../domain/incidents/responders.ts";
import { defaultPolicy, firstPosition, type Recipient, stepFrom } from "../../../domain/oncall/escalation.ts";
import type { Person } from "../../../domain/person.ts";
import type { ScheduleLoader } from "../../oncall/load-once.ts";
import type { UserStore } from "../../ports/access.ts";
import { type ChangeIncidentDeps, storeChange } from "../change-incident.ts";

export interface RequestRespondersDeps extends ChangeIncidentDeps {
  readonly schedules: ScheduleLoader;
  readonly users: Pick<UserStore, "find" | "findAll">;
}

interface RespondersRequest {
  readonly emails: readonly string[];
  /** People with the names of those who have no user record. */
  readonly people?: readonly Person[];
  readonly teams: readonly string[];
  /** Added to the pages. */
  readonly message: string | null;
  readonly actor: string | null;
}

/**
 * Asks people to help: they are paged immediately by their own rules, also if the incident is acknowledged. A team is
 * the people whom the first rule of its policy reaches now. Idempotent for the same IDs (of a repeated request); another request
 * pages them again. Reads half a unit per team and person.
 *
 * @throws NotFound
 * @throws Invalid for an unknown team, or one that reaches no one
 * @throws Conflict if it is resolved, or has too many responders
 * @throws Unavailable if too many of its events are pending
 */
export async function requestResponders(
  deps: RequestRespondersDeps,
  idOrNumber: string,
  { emails, people: named = [], teams, message, actor }: RespondersRequest,
  now: number,
): Promise<Incident> {
  const eventId = idPrefixes.event + deps.ulid(now);
  const asked = [...emails.map((email) => ({ name: null, email })), ...named];
  const people = await recipientsOf(deps, asked, teams, now);
  return storeChange(deps, idOrNumber, { note: null, actor }, now, async (incident) => {
    const requested =
      incident.pendingEvents.some(({ id }) => id === eventId) ||
      (await deps.incidentEvents.findEvent(incident.id, eventId)) !== undefined;
    if (requested) return { incident };
    return { incident: withRequest(incident, { people, message }, { now, eventId, actor }) };
  });
}

/** Returns the people to ask, each once, with the name of their user record if they have one. */
async function recipientsOf(
  deps: RequestRespondersDeps,
  asked: readonly Pick<Recipient, "name" | "email">[],
  teams: readonly string[],
  now: number,
): Promise<readonly Recipient[]> {
  const reached = await Promise.all(teams.map((team, index) => reachedIn(deps, team, index, now)));
  const faults = reached.flatMap((each) => ("fault" in each ? each.fault : []));
  if (faults.length > 0) throw new Invalid(faults);
  const ofTeams = reached.flatMap((each) => ("fault" in each ? [] : each.recipients));
  const all = new Map<string, string | null>();
  for (const { name, email } of [...asked, ...ofTeams]) all.set(email, all.get(email) ?? name);
  const users = await deps.users.findAll([...all.keys()]);
  return [...all].map(([email, name]) => ({
    name: users.find((user) => user.email === email)?.name ?? name,
    email,
    reason: { kind: "responder" },
  }));
}

async function reachedIn(
  { schedules }: RequestRespondersDeps,
  team: string,
  index: number,
  now: number,
): Promise<{ readonly recipients: readonly Recipient[] } | { readonly fault: Fault }> {
  const path = `teams.${index}`;
  const loaded = await schedules.load(team, now);
  if (!loaded) return { fault: { path, message: `${JSON.stringify(team)} does not exist` } };
  const step = stepFrom(loaded.policy ?? defaultPolicy, firstPosition, loaded.history, now);
  return step ?? { fault: { path, message: `no one on team ${JSON.stringify(team)} can be reached now` } };
}
