import { mergeIncidents } from "../../../domain/alerts/merge-incidents.ts";
import { Unavailable } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { type Incident, withNote } from "../../../domain/incidents/incident.ts";
import { createNote } from "../../../domain/incidents/note.ts";
import { limits } from "../../../domain/limits.ts";
import { isWorse } from "../../../domain/severity.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { addUnlessRepeated } from "../add-note.ts";
import type { ChangeIncidentDeps } from "../change-incident.ts";
import { discardStats } from "../discard-stats.ts";
import { findIncident } from "../find-incident.ts";
import { tryPublishEvents } from "../publish-events.ts";
import { withUrgencyOfSeverity } from "../raise-urgency.ts";
import { claimsOf } from "./claim-keys.ts";

interface Merge {
  /** ID or number of the incident that takes over the alerts. */
  readonly into: string;
  /** Added to the source. */
  readonly note: string | null;
  readonly actor: string | null;
}

/**
 * Merges an incident into another, which takes over its alerts. Alerts that are queued follow, because their keys
 * lead to the target from the write on. A repeat changes nothing. If it is resolved, reads a unit per eight keys and one
 * per incident that they lead to.
 *
 * @returns the merged incident
 * @throws NotFound
 * @throws Conflict if one of them does not allow it, or a third unresolved incident has one of its keys
 * @throws Unavailable if too many events of one are pending
 */
export async function mergeIncident(
  deps: ChangeIncidentDeps,
  idOrNumber: string,
  { into, note, actor }: Merge,
  now: number,
): Promise<Incident> {
  const noteUlid = note === null ? "" : deps.ulid(now);
  const { saved, alone } = await retryOnConflict(async () => {
    const [source, target] = await Promise.all([findIncident(deps, idOrNumber), findIncident(deps, into)]);
    await deps.authorize({ team: source.team });
    await deps.authorize({ team: target.team });
    const written = { incidentId: source.id, author: actor };
    const notes = note === null ? [] : [createNote({ ...written, content: note }, now, noteUlid)];
    if (source.mergedInto === target.id) return { saved: { source, target }, alone: notes };
    const nextEventId = () => idPrefixes.event + deps.ulid(now);
    const merged = mergeIncidents(source, target, { now, actor, nextEventId });
    const isRaised = isWorse(merged.target.severity, target.severity);
    const urgent = isRaised ? await withUrgencyOfSeverity(deps, merged.target, now) : merged.target;
    if ([source, target].some(({ pendingEvents }) => pendingEvents.length >= limits.pendingEvents))
      throw new Unavailable("The event queue");
    const isOver = source.status === "resolved";
    const claims = isOver ? await claimsOf(deps, source, { sharedWith: target.id }) : [];
    // Its response times no longer count.
    if (isOver) await discardStats(deps, source.createdAt);
    const both = { source: notes.reduce(withNote, merged.source), target: urgent };
    return { saved: await deps.incidents.merge(both, { notes, claims }), alone: [] };
  });
  for (const each of alone) await addUnlessRepeated(deps, each);
  await Promise.all([tryPublishEvents(deps, saved.source), tryPublishEvents(deps, saved.target)]);
  return saved.source;
}
