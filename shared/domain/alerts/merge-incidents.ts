/**
 * Merging of one incident into another. The source is resolved, and its alerts belong to the target: those
 * that are counted, and all later ones of its keys. Its pages, timers and snooze end.
 */
import { Conflict } from "../errors.ts";
import { change, execute, type Incident } from "../incidents/incident.ts";
import { assertNotMerged } from "../incidents/lifecycle.ts";
import { limits } from "../limits.ts";
import { isWorse } from "../severity.ts";
import { firingKeysOf } from "./correlation.ts";

/** Both incidents of a merge, to be stored together. */
export interface MergedIncidents {
  readonly source: Incident;
  readonly target: Incident;
}

interface MergeMetadata {
  readonly now: number;
  readonly actor: string | null;
  readonly nextEventId: () => string;
}

/** @throws Conflict if one of them does not allow it */
export function mergeIncidents(source: Incident, target: Incident, metadata: MergeMetadata): MergedIncidents {
  assertMergeable(source, target);
  return {
    source: mergedSource(source, target, metadata),
    target: mergedTarget(source, target, metadata),
  };
}

function assertMergeable(source: Incident, target: Incident): void {
  if (source.id === target.id) throw new Conflict("An incident cannot be merged into itself");
  for (const each of [source, target]) assertNotMerged(each);
  if (target.status === "resolved") throw new Conflict(`Incident ${target.number} is resolved`);
}

function mergedSource(
  source: Incident,
  { id, number }: Incident,
  { now, actor, nextEventId }: MergeMetadata,
): Incident {
  const { snoozedUntil, acknowledgementExpiresAt, raisesAt, ...rest } = source;
  const { resolvedAt, resolvedBy, escalation } = source;
  return change(
    rest,
    {
      status: "resolved",
      resolvedAt: resolvedAt ?? now,
      resolvedBy: resolvedAt === null ? actor : resolvedBy,
      escalation: null,
      ...(escalation && { lastPass: escalation.pass }),
      mergedInto: id,
    },
    { type: "merged", into: { id, number } },
    { now, actor, eventId: nextEventId() },
  );
}

/** Returns the target with the source's alerts. As with alerts, a higher severity raises that of the incident. */
function mergedTarget(
  source: Incident,
  target: Incident,
  { now, actor, nextEventId }: MergeMetadata,
): Incident {
  const mergedCount = (target.mergedCount ?? 0) + (source.mergedCount ?? 0) + 1;
  if (mergedCount > limits.mergedIncidents)
    throw new Conflict(`At most ${limits.mergedIncidents} incidents can be merged into one`);
  const { flapping, group } = target;
  const theirs = firingKeysOf(source);
  const mergedFiring = new Set([...firingKeysOf(target), ...theirs]).difference(new Set(group?.firing));
  if (mergedFiring.size + (group?.firing.length ?? 0) > limits.mergedAlerts)
    throw new Conflict(`The incidents have more than ${limits.mergedAlerts} firing alerts together`);
  const { id, number, alertCount } = source;
  const { endsAt, ...rest } = target;
  const merged = change(
    rest,
    {
      alertCount: target.alertCount + alertCount,
      lastAlertAt: laterOf(target.lastAlertAt, source.lastAlertAt),
      ...(endsAt !== undefined && source.endsAt !== undefined && { endsAt: Math.max(endsAt, source.endsAt) }),
      countedAlerts: countedInBoth(target, source),
      mergedCount,
      mergedFiring: [...mergedFiring],
      ...(flapping && { flapping: { ...flapping, firing: flapping.firing || theirs.length > 0 } }),
    },
    { type: "merged_from", from: { id, number }, alertCount },
    { now, actor, eventId: nextEventId() },
  );
  return isWorse(source.severity, target.severity)
    ? execute(merged, { type: "change_severity", to: source.severity, actor }, now, nextEventId())
    : merged;
}

function laterOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Returns the alerts that either has counted, so that a later delivery of one is not counted again. */
function countedInBoth(target: Incident, source: Incident): Incident["countedAlerts"] {
  const all = { ...source.countedAlerts };
  for (const [key, ids] of Object.entries(target.countedAlerts)) all[key] = [...(all[key] ?? []), ...ids];
  return all;
}
