import { idPrefixes } from "../../domain/ids.ts";
import { execute, type Incident, type IncidentCommand, withNote } from "../../domain/incidents/incident.ts";
import { createNote } from "../../domain/incidents/note.ts";
import type { Person } from "../../domain/person.ts";
import { isWorse } from "../../domain/severity.ts";
import type { EscalateDeps } from "../oncall/escalate.ts";
import type { Ulid } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { addNote } from "./add-note.ts";
import { type DiscardStatsDeps, discardStats } from "./discard-stats.ts";
import { type FindActorDeps, findActor } from "./find-actor.ts";
import { findChangeable, findIncident } from "./find-incident.ts";
import { type PublishDeps, tryPublishEvents } from "./publish-events.ts";
import { withUrgencyOfSeverity } from "./raise-urgency.ts";

export interface ChangeIncidentDeps
  extends PublishDeps,
    DiscardStatsDeps,
    FindActorDeps,
    Pick<EscalateDeps, "fallbackEmail"> {
  readonly ulid: Ulid;
}

interface IncidentChange {
  readonly commands: readonly IncidentCommand[];
  /** Added only if the commands change something, or if there are none. */
  readonly note: string | null;
  readonly actor: string | null;
}

/**
 * Executes commands on an incident, all or none. Repeats change nothing. An acknowledgement also assigns the incident to
 * its actor, unless someone is assigned or another command assigns it.
 *
 * @throws NotFound
 * @throws Conflict if its status does not allow one of them
 * @throws Unavailable if too many of its events are pending
 */
export async function changeIncident(
  deps: ChangeIncidentDeps,
  idOrNumber: string,
  change: IncidentChange,
  now: number,
): Promise<Incident> {
  const { note } = change;
  if (change.commands.length === 0 && note !== null) {
    await addNote(deps, idOrNumber, { author: change.actor, content: note }, now);
    return findIncident(deps, idOrNumber);
  }
  const saved = await retryOnConflict(async () => {
    const incident = await findChangeable(deps, idOrNumber);
    const person = await assigneeOf(deps, incident, change, now);
    const changed = change.commands.reduce(
      (current, command) =>
        execute(
          current,
          command.type === "move" ? { ...command, person } : command,
          now,
          idPrefixes.event + deps.ulid(now),
        ),
      incident,
    );
    if (changed === incident) return incident;
    const next = isWorse(changed.severity, incident.severity)
      ? await withUrgencyOfSeverity(deps, changed, now)
      : changed;
    if (incident.status === "resolved") await discardStats(deps, incident.createdAt);
    const written = { incidentId: incident.id, author: change.actor };
    const notes = note === null ? [] : [createNote({ ...written, content: note }, now, deps.ulid(now))];
    return deps.incidents.save(notes.reduce(withNote, next), { notes });
  });
  await tryPublishEvents(deps, saved);
  return saved;
}

/** Returns the person that an acknowledgement assigns the incident to; null if it assigns no one. */
async function assigneeOf(
  deps: FindActorDeps,
  { status, assignedTo, team }: Incident,
  { commands, actor }: IncidentChange,
  now: number,
): Promise<Person | null> {
  if (status !== "open" || assignedTo !== null || actor === null) return null;
  if (commands.some(({ type }) => type === "assign")) return null;
  const acknowledges = commands.some((command) => command.type === "move" && command.to === "acknowledged");
  return acknowledges ? findActor(deps, actor, team, now) : null;
}
