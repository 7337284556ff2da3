import { alertIdOfIncident } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import { limits } from "../../domain/limits.ts";
import { contextOf, type MessageContext, noContext } from "../../domain/notifications/message-context.ts";
import type { AlertStore } from "../ports/alerts.ts";
import type { ChangeStore } from "../ports/incidents.ts";
import type { Log } from "../ports/system.ts";

export interface ContextDeps {
  readonly alerts: Pick<AlertStore, "find">;
  readonly changes: Pick<ChangeStore, "between">;
  readonly log: Log;
}

/**
 * Reads the context of an incident's notifications: its first alert, one unit if it has the usual size, and the latest
 * changes to its service, half a unit. A page goes without context rather than not at all.
 *
 * @param events those handled together, which may have planned the next page
 */
export async function readContext(
  { alerts, changes, log }: ContextDeps,
  incident: Incident,
  events: readonly IncidentEvent[],
  now: number,
): Promise<MessageContext> {
  const { id, service, createdAt } = incident;
  const since = createdAt - limits.changesBeforeSeconds * 1_000;
  try {
    const [alert, recent] = await Promise.all([
      alerts.find(alertIdOfIncident(id)),
      changes.between(service, since, now + 1, limits.messageChanges),
    ]);
    return contextOf({ incident, alert, changes: recent, events });
  } catch (error) {
    log.error("notifications go without context", { incident_id: id, error });
    return noContext;
  }
}
