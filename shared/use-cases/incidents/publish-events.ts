import { eventOfNote, type Incident } from "../../domain/incidents/incident.ts";
import type { Note } from "../../domain/incidents/incident-event.ts";
import type { EventQueue, IncidentEventStore, IncidentStore } from "../ports/incidents.ts";
import type { Log } from "../ports/system.ts";

export interface PublishDeps {
  readonly incidents: IncidentStore;
  readonly incidentEvents: IncidentEventStore;
  readonly eventQueue: EventQueue;
  readonly log: Log;
}

/**
 * Publishes pending events: to the timeline (which already has notes), then to the queue, then removes them
 * from the incident. After a crash the steps are repeated, which has no effect.
 */
async function publishEvents(deps: PublishDeps, incident: Incident): Promise<void> {
  if (incident.pendingEvents.length === 0) return;
  await Promise.all([
    deps.incidentEvents.appendEvents(incident.pendingEvents.filter(({ type }) => type !== "noted")),
    deps.eventQueue.send(incident.pendingEvents),
  ]);
  await deps.incidents.clearPendingEvents(incident);
}

/** Publishes events after the caller's own work is done. Failures are left to the sweep. */
export async function tryPublishEvents(deps: PublishDeps, incident: Incident): Promise<void> {
  try {
    await publishEvents(deps, incident);
  } catch (error) {
    deps.log.warn("events stay pending", { incident_id: incident.id, error });
  }
}

/** Publishes the event of a note, which is already in the timeline. Failures are left to the sweep. */
export async function tryPublishNote(deps: PublishDeps, note: Note): Promise<void> {
  try {
    await deps.eventQueue.send([eventOfNote(note)]);
    await deps.incidentEvents.notePublished(note);
  } catch (error) {
    deps.log.warn("the event of a note stays pending", { incident_id: note.incidentId, error });
  }
}
