import type { ReopenCause } from "../../../domain/incidents/incident-event.ts";
import { type ReopenTimer, reopenTimer } from "../../../domain/incidents/timer.ts";
import type { EscalateDeps } from "../../oncall/escalate.ts";
import { changeByTimer } from "./change-by-timer.ts";
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
  await changeByTimer(deps, timer.incidentId, async (incident) =>
    isCurrent(timer, reopenTimer(incident))
      ? reopenedAndPaged(deps, incident, causeOf[timer.kind], null, now)
      : undefined,
  );
  return undefined;
}

/** Returns false for the timer of a snooze or acknowledgement that was replaced or has ended. */
function isCurrent({ kind, dueAt }: ReopenTimer, present: ReopenTimer | undefined): boolean {
  return present?.kind === kind && present.dueAt === dueAt;
}
