import { alertIdOfIncident } from "../../domain/ids.ts";
import type { Change } from "../../domain/incidents/change.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import {
  contextOf,
  labelsOf,
  type MessageContext,
  type MessageLabel,
  noContext,
} from "../../domain/notifications/message-context.ts";
import type { AlertStore } from "../ports/alerts.ts";
import type { Log } from "../ports/system.ts";

export interface ContextDeps {
  readonly alerts: Pick<AlertStore, "find">;
  /** Returns the latest changes of a service as they were at some time after `since`, newest first. */
  readonly recentChanges: (service: string, since: number) => Promise<readonly Change[]>;
  readonly log: Log;
}

export interface KnownContext {
  /** Events handled together, which may have planned the next page. */
  readonly events: readonly IncidentEvent[];
  /** Labels of the alert that opened the incident; undefined if they are to be read. */
  readonly labels: readonly MessageLabel[] | undefined;
}

/**
 * Reads the context of an incident's notifications: the latest changes to its service, half a unit, and its first alert
 * unless that is known, one unit if it has the usual size. A page goes without context rather than not at all.
 */
export async function readContext(
  deps: ContextDeps,
  incident: Incident,
  { events, labels }: KnownContext,
): Promise<MessageContext> {
  const { id, service } = incident;
  const readLabels = async () => {
    const alert = await deps.alerts.find(alertIdOfIncident(id));
    return alert ? labelsOf(alert) : [];
  };
  const since = Math.max(...events.map(({ at }) => at));
  try {
    const [all, changes] = await Promise.all([labels ?? readLabels(), deps.recentChanges(service, since)]);
    return contextOf({ incident, labels: all, changes, events });
  } catch (error) {
    deps.log.error("notifications sent without context", { incident_id: id, error });
    return noContext;
  }
}
