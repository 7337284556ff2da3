/** Snoozes, and ways back to open: the end of a snooze or of an acknowledgement, and people. */
import { Conflict } from "../errors.ts";
import type { Person } from "../person.ts";
import { dayMs } from "../time-units.ts";
import { acknowledgement, change, type EventMetadata, type Incident, latestPassOf } from "./incident.ts";
import type { ReopenCause } from "./incident-event.ts";

/** Days after which a resolved incident cannot be reopened. */
const reopenableDays = 7;

/** Last pass of incidents that were resolved by a release that did not store it. */
const unknownLastPass = 100;

/**
 * Acknowledges the incident until a time, at which it is open again. Snoozing again replaces the snooze. Like an
 * acknowledgement, it assigns the incident to a person, unless someone is assigned.
 *
 * @param until epoch milliseconds
 * @throws Conflict if it is resolved
 */
export function snoozed(
  incident: Incident,
  until: number,
  person: Person | null,
  metadata: EventMetadata,
): Incident {
  if (incident.status === "resolved") throw new Conflict(`Incident ${incident.number} is resolved`);
  if (incident.snoozedUntil === until) return incident;
  const { acknowledgementExpiresAt, ...rest } = incident;
  const acknowledged =
    incident.status === "open"
      ? acknowledgement(incident, person, metadata)
      : { assignedTo: incident.assignedTo ?? person };
  return change(rest, { ...acknowledged, snoozedUntil: until }, { type: "snoozed", until }, metadata);
}

/**
 * Returns the incident open again, without its next page. An open incident is returned as it is.
 *
 * @throws Conflict if it was merged, or resolved too long ago
 */
export function reopened(incident: Incident, cause: ReopenCause, metadata: EventMetadata): Incident {
  const { status: from, number, lastPass } = incident;
  if (from === "open") return incident;
  assertNotMerged(incident);
  if (!isReopenable(incident, metadata.now))
    throw new Conflict(`Incident ${number} was resolved more than ${reopenableDays} days ago`);
  const { snoozedUntil, acknowledgementExpiresAt, endsAt, ...rest } = incident;
  const isUnknown = from === "resolved" && lastPass === undefined;
  return change(
    rest,
    {
      status: "open",
      statusSince: { at: metadata.now, by: metadata.actor },
      resolvedAt: null,
      resolvedBy: null,
      escalation: null,
      lastPass: isUnknown ? unknownLastPass : latestPassOf(incident),
      // Its alerts may have ended, and it was quiet: neither resolves it again.
      ...(from === "resolved" ? { reopenedAt: metadata.now } : endsAt !== undefined && { endsAt }),
    },
    { type: "reopened", from, cause },
    metadata,
  );
}

/** @throws Conflict if the incident was merged into another */
export function assertNotMerged({ number, mergedInto }: Incident): void {
  if (mergedInto !== undefined) throw new Conflict(`Incident ${number} was merged into another`);
}

/** Returns true for an incident that was not merged, and not resolved too long ago. */
export function isReopenable({ mergedInto, resolvedAt }: Incident, now: number): boolean {
  return mergedInto === undefined && (resolvedAt === null || now - resolvedAt <= reopenableDays * dayMs);
}
