import type { ReopenCause } from "../../../domain/incidents/incident-event.ts";
import { type ReopenTimer, reopenTimer } from "../../../domain/incidents/timer.ts";
import type { EscalateDeps } from "../../oncall/escalate.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { awaitsPublishing, publishEvents } from "../publish-events.ts";
import { reopenedAndPaged } from "./reopen-incident.ts";

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
    if (!incident || !isCurrent(timer, reopenTimer(incident))) return incident;
    const next = await reopenedAndPaged(deps, incident, causeOf[timer.kind], null, now);
    return deps.incidents.save(next, { swept: awaitsPublishing(incident) });
  });
  // The timer fires again until this is done, so nothing waits for the sweep.
  if (current) await publishEvents(deps, current);
  return undefined;
}

/** Returns false for the timer of a snooze or acknowledgement that was replaced or has ended. */
function isCurrent({ kind, dueAt }: ReopenTimer, present: ReopenTimer | undefined): boolean {
  return present?.kind === kind && present.dueAt === dueAt;
}
