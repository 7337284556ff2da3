import { alertIdOfIncident } from "../../domain/ids.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import type { UserStore } from "../ports/access.ts";
import type { AlertStore } from "../ports/alerts.ts";
import type { TeamChannelStore } from "../ports/notifications.ts";
import { readOnce } from "../read-once.ts";

interface Stores {
  readonly users: UserStore;
  readonly teamChannels: TeamChannelStore;
  readonly alerts: Pick<AlertStore, "find">;
}

/** Returns stores for the handlers of some events, which read the same user, team or alert once. */
export function shareEventReads({ users, teamChannels, alerts }: Stores) {
  const findAll = readOnce((emails: readonly string[]) => users.findAll(emails));
  const find = readOnce((team: string) => teamChannels.find(team));
  const findAlert = readOnce((id: string) => alerts.find(id));
  return {
    stores: {
      users: { ...users, findAll },
      teamChannels: { ...teamChannels, find },
      alerts: { find: findAlert },
    } satisfies Stores,
    /**
     * Reads what an event names, so that it shares the request that reads the incident.
     *
     * @param withAlert true if the labels of the incident's first alert are not known
     */
    readAhead: (event: IncidentEvent, withAlert: boolean): Promise<unknown> =>
      Promise.all([
        "recipients" in event && findAll(event.recipients.map(({ email }) => email)),
        "team" in event && find(event.team),
        // Callers that need the alert get the error.
        withAlert &&
          "recipients" in event &&
          findAlert(alertIdOfIncident(event.incidentId)).catch(() => undefined),
      ]),
  };
}
