import { idPrefixes } from "../../domain/ids.ts";
import { execute, type Incident, type IncidentCommand, withNote } from "../../domain/incidents/incident.ts";
import { createNote } from "../../domain/incidents/note.ts";
import { unansweredResponder, withAnswer } from "../../domain/incidents/responders.ts";
import { isActor, type Person } from "../../domain/person.ts";
import { isWorse } from "../../domain/severity.ts";
import type { EscalateDeps } from "../oncall/escalate.ts";
import type { Authorize } from "../ports/access.ts";
import type { SavedBesides } from "../ports/incidents.ts";
import type { Ulid } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { addNote, addUnlessRepeated } from "./add-note.ts";
import { type DiscardStatsDeps, discardStats } from "./discard-stats.ts";
import { type FindActorDeps, findActor, withVerifiedEmail } from "./find-actor.ts";
import { findChangeable, findIncident } from "./find-incident.ts";
import { isSweptByTimer, type PublishDeps, tryPublishEvents } from "./publish-events.ts";
import { withUrgencyOfSeverity } from "./raise-urgency.ts";
import { wasPaged } from "./was-paged.ts";

export interface ChangeIncidentDeps
  extends PublishDeps,
    DiscardStatsDeps,
    FindActorDeps,
    Pick<EscalateDeps, "fallbackEmail"> {
  readonly ulid: Ulid;
  readonly authorize: Authorize;
}

/** Actor of a change, and a note that is added with it. */
export interface ChangeContext {
  readonly note: string | null;
  readonly actor: string | null;
}

interface IncidentChange extends ChangeContext {
  /** Without any, the note is added alone. */
  readonly commands: readonly IncidentCommand[];
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
  const { commands, note } = change;
  if (commands.length === 0 && note !== null) {
    await addNote(deps, idOrNumber, { author: change.actor, content: note }, now);
    return findIncident(deps, idOrNumber);
  }
  const execute = async (incident: Incident) => ({
    incident: await executeAll(deps, incident, change, now),
  });
  const unless = commands.every(isAcknowledgement) ? wasPaged : undefined;
  return storeChange(deps, idOrNumber, change, now, execute, unless);
}

/**
 * Returns the incident after commands. The acknowledgement of a person who was asked to help is their answer. If it is
 * acknowledged already, nothing else changes.
 *
 * @throws Conflict if its status does not allow one of them
 */
export async function executeAll(
  deps: ChangeIncidentDeps,
  incident: Incident,
  { commands, actor }: Omit<IncidentChange, "note">,
  now: number,
): Promise<Incident> {
  const isAcknowledged = incident.status === "acknowledged";
  const answer = commands.find(isAcknowledgement);
  const responder = answer ? responderOf(deps, incident, actor) : undefined;
  const person = acknowledges(commands) ? await assigneeOf(deps, incident, actor, now) : null;
  const eventId = () => idPrefixes.event + deps.ulid(now);
  const changed = commands
    .filter((command) => !(responder && isAcknowledged && isAcknowledgement(command)))
    .reduce(
      (current, command) =>
        execute(current, command.type === "move" ? { ...command, person } : command, now, eventId()),
      incident,
    );
  const isRaised = isWorse(changed.severity, incident.severity);
  const urgent = isRaised ? await withUrgencyOfSeverity(deps, changed, now) : changed;
  return responder
    ? withAnswer(urgent, responder, { now, eventId: eventId(), actor, via: answer?.via })
    : urgent;
}

function responderOf(deps: FindActorDeps, incident: Incident, actor: string | null): Person | undefined {
  if (actor === null) return undefined;
  const verified = withVerifiedEmail(deps, actor);
  return unansweredResponder(incident, (person) => isActor(person, verified));
}

/** Returns true for principals who may change an incident without a role. */
type PermittedUnless = typeof wasPaged;

/** A changed incident, and what is stored with it. */
export interface Changed {
  readonly incident: Incident;
  readonly besides?: SavedBesides | undefined;
}

/**
 * Stores a change of an incident with a note, and publishes its events. The change is decided again if another one
 * interferes. If it returns the same incident, only the note is stored.
 *
 * @param unless returns true for principals who may do it without a role
 * @throws NotFound
 * @throws Unavailable if too many of its events are pending
 */
export async function storeChange(
  deps: ChangeIncidentDeps,
  idOrNumber: string,
  { note, actor }: ChangeContext,
  now: number,
  decide: (incident: Incident) => Promise<Changed>,
  unless?: PermittedUnless,
): Promise<Incident> {
  // All attempts store the same note, because one may have been stored although it failed.
  const noteUlid = note === null ? "" : deps.ulid(now);
  const { saved, alone } = await retryOnConflict(async () => {
    const incident = await findChangeable(deps, idOrNumber);
    await deps.authorize(
      { team: incident.team },
      unless && ((principal) => unless(deps, incident, principal)),
    );
    const { incident: next, besides = {} } = await decide(incident);
    const written = { incidentId: incident.id, author: actor };
    const notes = note === null ? [] : [createNote({ ...written, content: note }, now, noteUlid)];
    if (next === incident) return { saved: incident, alone: notes };
    if (incident.status === "resolved") await discardStats(deps, incident.createdAt);
    const swept = !isSweptByTimer(incident, next, now);
    return {
      saved: await deps.incidents.save(notes.reduce(withNote, next), { ...besides, notes, swept }),
      alone: [],
    };
  });
  for (const each of alone) await addUnlessRepeated(deps, each);
  await tryPublishEvents(deps, saved);
  return saved;
}

function acknowledges(commands: readonly IncidentCommand[]): boolean {
  if (commands.some(({ type }) => type === "assign")) return false;
  return commands.some(isAcknowledgement);
}

function isAcknowledgement(command: IncidentCommand): command is IncidentCommand & { type: "move" } {
  return command.type === "move" && command.to === "acknowledged";
}

/** Returns the person that an acknowledgement or a snooze assigns the incident to; null if it assigns no one. */
export async function assigneeOf(
  deps: FindActorDeps,
  { status, assignedTo, team }: Incident,
  actor: string | null,
  now: number,
): Promise<Person | null> {
  if (status === "resolved" || assignedTo !== null || actor === null) return null;
  return findActor(deps, actor, team, now);
}
