/** Ways back to open: the end of a snooze or of an acknowledgement, and people who reopen an incident. */
import { Conflict } from "../errors.ts";
import { acknowledgement, change, type EventMetadata, type Incident } from "./incident.ts";
import type { ReopenCause } from "./incident-event.ts";

/** Days after which a resolved incident cannot be reopened. */
const reopenableDays = 7;

/** Last pass of incidents that were resolved by a release that did not store it. */
const unknownLastPass = 100;

/**
 * Acknowledges the incident until a time, at which it is open again. Snoozing again replaces the snooze.
 *
 * @param until epoch milliseconds
 * @throws Conflict if it is resolved
 */
export function snoozed(incident: Incident, until: number, metadata: EventMetadata): Incident {
  if (incident.status === "resolved") throw new Conflict(`Incident ${incident.number} is resolved`);
  if (incident.snoozedUntil === until) return incident;
  const { acknowledgementExpiresAt, ...rest } = incident;
  const fields = incident.status === "open" ? acknowledgement(incident, null, metadata) : {};
  return change(rest, { ...fields, snoozedUntil: until }, { type: "snoozed", until }, metadata);
}

/**
 * Returns the incident open again, without its next page. An open incident is returned as it is.
 *
 * @throws Conflict if it was merged, or resolved too long ago
 */
export function reopened(incident: Incident, cause: ReopenCause, metadata: EventMetadata): Incident {
  const { status: from, number, mergedInto, resolvedAt, escalation, lastPass } = incident;
  if (from === "open") return incident;
  if (mergedInto !== undefined) throw new Conflict(`Incident ${number} was merged into another`);
  if (resolvedAt !== null && metadata.now - resolvedAt > reopenableDays * 86_400_000)
    throw new Conflict(`Incident ${number} was resolved more than ${reopenableDays} days ago`);
  const { snoozedUntil, acknowledgementExpiresAt, ...rest } = incident;
  return change(
    rest,
    {
      status: "open",
      statusSince: { at: metadata.now, by: metadata.actor },
      resolvedAt: null,
      resolvedBy: null,
      lastPass: escalation?.pass ?? lastPass ?? (from === "resolved" ? unknownLastPass : 1),
    },
    { type: "reopened", from, cause },
    metadata,
  );
}
