import type { Alert } from "../../domain/alerts/alert.ts";
import { eventOfNote, type Incident } from "../../domain/incidents/incident.ts";
import type { Note } from "../../domain/incidents/incident-event.ts";
import { labelsOf } from "../../domain/notifications/message-context.ts";
import type { EventQueue, IncidentEventStore, IncidentStore } from "../ports/incidents.ts";
import type { Log } from "../ports/system.ts";

/** Longest time that an event waits for a timer after a crash. */
const longestWaitMs = 300_000;

export interface PublishDeps {
  readonly incidents: IncidentStore;
  readonly incidentEvents: IncidentEventStore;
  readonly eventQueue: EventQueue;
  readonly log: Log;
}

interface PublishOptions {
  /** The alert that opened the incident. */
  readonly alert?: Pick<Alert, "labels"> | undefined;
  /** Keys whose pointers are stored with the incident. */
  readonly claimed?: readonly string[] | undefined;
}

/**
 * Publishes pending events: to the queue, then to the timeline (which already has notes), then removes them from the
 * incident. A new incident's pointers and timers are stored with its opening event, because they derive from the
 * incident.
 * After a crash the steps are repeated, which has no effect.
 *
 * @param alongside writes something that may exist only after the events were queued
 * @param options what is at hand when an incident is opened
 */
export async function publishEvents(
  deps: PublishDeps,
  incident: Incident,
  alongside: () => Promise<void> = async () => {},
  { alert, claimed }: PublishOptions = {},
): Promise<void> {
  const { pendingEvents } = incident;
  if (pendingEvents.length === 0) return alongside();
  await deps.eventQueue.send(pendingEvents, alert && labelsOf(alert));
  // Writes of one moment share a request.
  await Promise.all([
    deps.incidentEvents.appendEvents(pendingEvents.filter(({ type }) => type !== "noted")),
    pendingEvents.some(({ type }) => type === "opened") && deps.incidents.putDerived(incident, claimed),
    alongside(),
  ]);
  await deps.incidents.clearPendingEvents(incident);
}

/**
 * Returns true if events of the incident wait to be published, by whoever stored them or by the sweep.
 *
 * A consumer of messages publishes the events of its own changes, or is called again. So its changes need no entry for
 * the sweep, unless the incident had such events before.
 */
export function awaitsPublishing({ pendingEvents }: Incident): boolean {
  return pendingEvents.length > 0;
}

/**
 * Returns true if the incident's first escalation timer, which publishes whatever is pending when it fires, serves as the
 * sweep of a change. It does within minutes of the opening, which stored that timer. Only events that end paging can wait
 * that long after a crash. Saves the two write units of the entry for the sweep.
 *
 * @param before the incident before its change to `after`
 */
export function isSweptByTimer(before: Incident, after: Incident, now: number): boolean {
  const { escalation, pendingEvents } = before;
  return (
    pendingEvents.length === 0 &&
    escalation?.level === 1 &&
    // Events of later passes and levels set their timers when they are consumed, which may still be to come.
    escalation.pass === 1 &&
    escalation.nextAt !== null &&
    escalation.nextAt - now <= longestWaitMs &&
    after.pendingEvents.every(({ type }) => type === "acknowledged" || type === "resolved")
  );
}

/** Publishes events after the caller's own work is done. Failures are left to the sweep. */
export async function tryPublishEvents(deps: PublishDeps, incident: Incident): Promise<void> {
  try {
    await publishEvents(deps, incident);
  } catch (error) {
    deps.log.warn("events not published yet", { incident_id: incident.id, error });
  }
}

/** Publishes the event of a note, which is already in the timeline. Failures are left to the sweep. */
export async function tryPublishNote(deps: PublishDeps, note: Note): Promise<void> {
  try {
    await deps.eventQueue.send([eventOfNote(note)]);
    await deps.incidentEvents.notePublished(note);
  } catch (error) {
    deps.log.warn("the event of a note is not published yet", { incident_id: note.incidentId, error });
  }
}
