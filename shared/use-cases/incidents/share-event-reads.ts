import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import type { UserStore } from "../ports/access.ts";
import type { TeamChannelStore } from "../ports/notifications.ts";
import { readOnce } from "../read-once.ts";

interface Stores {
  readonly users: UserStore;
  readonly teamChannels: TeamChannelStore;
}

/** Returns stores for the handlers of some events, which read the same user or team once. */
export function shareEventReads({ users, teamChannels }: Stores) {
  const findAll = readOnce((emails: readonly string[]) => users.findAll(emails));
  const find = readOnce((team: string) => teamChannels.find(team));
  return {
    stores: { users: { ...users, findAll }, teamChannels: { ...teamChannels, find } } satisfies Stores,
    /** Reads what an event names, so that it shares the request that reads the incident. */
    readAhead: (event: IncidentEvent): Promise<unknown> =>
      Promise.all([
        "recipients" in event && findAll(event.recipients.map(({ email }) => email)),
        "team" in event && find(event.team),
      ]),
  };
}
