import type { Clock } from "../ports/system.ts";
import { type FireTimerDeps, fireTimer } from "./fire-timer.ts";

/**
 * Fires due timers from the table, in case their messages were lost. A failure does not affect other timers.
 */
export async function sweepTimers(deps: FireTimerDeps & { readonly clock: Clock }): Promise<void> {
  for (let fired = 1; fired > 0; ) {
    fired = 0;
    for (const timer of await deps.timers.due(deps.clock())) {
      try {
        await fireTimer(deps, timer, deps.clock());
        fired += 1;
      } catch (error) {
        deps.log.error("timer not fired yet", { incident_id: timer.incidentId, kind: timer.kind, error });
      }
    }
  }
}
