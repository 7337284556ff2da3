import { eventOfNote, type Incident } from "../../domain/incidents/incident.ts";
import type { Note } from "../../domain/incidents/incident-event.ts";
import type { EventQueue, IncidentStore } from "../ports/incidents.ts";
import type { Log } from "../ports/system.ts";

export interface PublishDeps {
  readonly incidents: IncidentStore;
  readonly eventQueue: EventQueue;
  readonly log: Log;
}

/**
 * Publishes what happened to an incident: into its timeline, which has notes already, and onto the queue, then off the list of the pending.
 * Dying between any two of these repeats them later, which changes nothing.
 */
export async function publishEvents(deps: PublishDeps, incident: Incident): Promise<void> {
  if (incident.pendingEvents.length === 0) return;
  await Promise.all([
    deps.incidents.appendEvents(incident.pendingEvents.filter(({ type }) => type !== "noted")),
    deps.eventQueue.send(incident.pendingEvents),
  ]);
  await deps.incidents.clearPendingEvents(incident);
}

/** The same for a caller whose own work is done: what fails here is left to the sweep. */
export async function tryPublishEvents(deps: PublishDeps, incident: Incident): Promise<void> {
  try {
    await publishEvents(deps, incident);
  } catch (error) {
    deps.log.warn("events stay pending", { incident_id: incident.id, error });
  }
}

/** Tells of a note, which is in its timeline already; what fails here is left to the sweep. */
export async function tryPublishNote(deps: PublishDeps, note: Note): Promise<void> {
  try {
    await deps.eventQueue.send([eventOfNote(note)]);
    await deps.incidents.notePublished(note);
  } catch (error) {
    deps.log.warn("the event of a note stays pending", { incident_id: note.incidentId, error });
  }
}
