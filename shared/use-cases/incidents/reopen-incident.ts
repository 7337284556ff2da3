import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { ReopenCause } from "../../domain/incidents/incident-event.ts";
import { causeWhenReopened, withUrgencyNow } from "../../domain/incidents/incident-urgency.ts";
import { reopened } from "../../domain/incidents/lifecycle.ts";
import type { Timer } from "../../domain/incidents/timer.ts";
import type { EscalateDeps } from "../oncall/escalate.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { awaitsPublishing, publishEvents } from "./publish-events.ts";
import { withNewRound } from "./raise-urgency.ts";

type ReopenTimer = Timer & { kind: "snooze" | "acknowledgement" };

const causeOf = {
  snooze: "snooze_ended",
  acknowledgement: "acknowledgement_expired",
} as const satisfies Record<ReopenTimer["kind"], ReopenCause>;

/**
 * Reopens an incident whose snooze or acknowledgement has ended, and pages from the first rule. A change stored
 * before takes precedence: the timer of a replaced snooze does nothing.
 *
 * @returns undefined, because the event of the page sets the next timer
 */
export async function reopenWhenDue(deps: EscalateDeps, timer: ReopenTimer, now: number): Promise<undefined> {
  const current = await retryOnConflict(async () => {
    const incident = await deps.incidents.find(timer.incidentId);
    if (incident?.status !== "acknowledged" || endOf(incident, timer) !== timer.dueAt) return incident;
    const next = await reopenedAndPaged(deps, incident, causeOf[timer.kind], null, now);
    return deps.incidents.save(next, { swept: awaitsPublishing(incident) });
  });
  // The timer fires again until this is done, so nothing waits for the sweep.
  if (current) await publishEvents(deps, current);
  return undefined;
}

function endOf(incident: Incident, { kind }: ReopenTimer): number | undefined {
  return kind === "snooze" ? incident.snoozedUntil : incident.acknowledgementExpiresAt;
}

/** Returns the incident open again, with a new round of its policy. Reads up to two units. */
async function reopenedAndPaged(
  deps: EscalateDeps,
  incident: Incident,
  cause: ReopenCause,
  actor: string | null,
  now: number,
): Promise<Incident> {
  const metadata = (by: string | null) => ({ now, eventId: idPrefixes.event + deps.ulid(now), actor: by });
  const open = reopened(incident, cause, metadata(actor));
  return withNewRound(deps, withUrgencyNow(open, causeWhenReopened(open), metadata(null)), now);
}
