import type { RecordedAlert } from "../../domain/alerts/alert.ts";
import type { Change } from "../../domain/incidents/change.ts";
import { costOf, type IncidentCost } from "../../domain/incidents/cost.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { Note } from "../../domain/incidents/incident-event.ts";
import { type TimelineEntry, timelineOf } from "../../domain/incidents/timeline.ts";
import { limits } from "../../domain/limits.ts";
import type { AlertStore } from "../ports/alerts.ts";
import type { ChangeStore, IncidentEventStore, IncidentStore } from "../ports/incidents.ts";
import type { NotificationStore } from "../ports/notifications.ts";
import type { Clock } from "../ports/system.ts";
import { findIncident } from "./find-incident.ts";

interface IncidentDetails {
  readonly incident: Incident;
  readonly alerts: readonly RecordedAlert[];
  readonly notes: readonly Note[];
  readonly timeline: readonly TimelineEntry[];
  /** Changes to its service during the incident and in the day before, newest first. */
  readonly changes: readonly Change[];
}

interface ReadIncidentDeps {
  readonly incidents: IncidentStore;
  readonly incidentEvents: IncidentEventStore;
  readonly alerts: AlertStore;
  readonly notifications: NotificationStore;
  readonly changes: Pick<ChangeStore, "between">;
  readonly clock: Clock;
}

type TimelineDeps = Pick<ReadIncidentDeps, "incidents" | "incidentEvents" | "notifications">;

const embeddedAlerts = { limit: limits.embeddedAlerts, after: null, bytes: limits.embeddedBytes };
const embeddedPages = { limit: limits.timelineEntries, after: null, bytes: limits.embeddedBytes };

/**
 * Reads an incident with its latest alerts, notes and timeline, oldest first.
 *
 * @throws NotFound
 */
export async function readIncident(deps: ReadIncidentDeps, idOrNumber: string): Promise<IncidentDetails> {
  const incident = await findIncident(deps, idOrNumber);
  const { service, createdAt, resolvedAt } = incident;
  const [alerts, history, changes] = await Promise.all([
    deps.alerts.list({ incidentId: incident.id }, embeddedAlerts),
    readHistory(deps, incident),
    deps.changes.between(
      service,
      createdAt - limits.changesBeforeSeconds * 1_000,
      resolvedAt ?? deps.clock(),
    ),
  ]);
  return { incident, alerts: alerts.items, ...history, changes };
}

/** @throws NotFound */
export async function readTimeline(
  deps: TimelineDeps,
  idOrNumber: string,
): Promise<readonly TimelineEntry[]> {
  return (await readHistory(deps, await findIncident(deps, idOrNumber))).timeline;
}

async function readHistory(
  deps: TimelineDeps,
  incident: Incident,
): Promise<Pick<IncidentDetails, "notes" | "timeline">> {
  const [{ events, notes }, pages] = await Promise.all([
    deps.incidentEvents.history(incident.id),
    deps.notifications.list({ incidentId: incident.id }, embeddedPages),
  ]);
  const published = new Set(events.map(({ id }) => id));
  const pending = incident.pendingEvents.filter(({ id }) => !published.has(id));
  return { notes, timeline: timelineOf([...events, ...pending], notes, pages.items) };
}

/**
 * Counts the pages sent to people for an incident, among its latest 200 notifications, and what it cost. Handoff
 * notices, bundles, manual messages and announcements are not counted as pages.
 *
 * @throws NotFound
 */
export async function readIncidentMetrics(
  deps: TimelineDeps,
  idOrNumber: string,
): Promise<{ incident: Incident; pages: number; cost: IncidentCost }> {
  const incident = await findIncident(deps, idOrNumber);
  const { timeline } = await readHistory(deps, incident);
  const pages = timeline.filter(
    (entry) =>
      entry.kind === "notification" &&
      entry.notification.kind === "page" &&
      entry.notification.status === "sent",
  );
  return { incident, pages: pages.length, cost: costOf(incident, timeline) };
}
