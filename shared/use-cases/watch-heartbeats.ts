import { StaleVersion } from "../domain/errors.ts";
import { type Pulse, watch } from "../domain/heartbeat.ts";
import { type TellDeps, tell } from "./heartbeats.ts";
import type { Clock } from "./ports.ts";

/** Looks at the heartbeats whose time has come, and tells of those that stopped; one that fails holds up no other. */
export async function watchHeartbeats(deps: TellDeps & { readonly clock: Clock }): Promise<void> {
  const failed = new Set<string>();
  for (let seen = 1; seen > 0; ) {
    const due = await deps.heartbeats.due(deps.clock());
    const pulses = due.filter(({ heartbeatId }) => !failed.has(heartbeatId));
    seen = pulses.length;
    for (const pulse of pulses) {
      try {
        await look(deps, pulse, deps.clock());
      } catch (error) {
        failed.add(pulse.heartbeatId);
        // A beat came in between.
        if (error instanceof StaleVersion) continue;
        deps.log.error("heartbeat stays due", { heartbeat_id: pulse.heartbeatId, error });
      }
    }
  }
}

async function look(deps: TellDeps, pulse: Pulse, now: number): Promise<void> {
  const watched = pulse.notices.length > 0 ? pulse : await deps.heartbeats.savePulse(watch(pulse, now));
  if (watched.notices.length > 0) await tell(deps, watched);
}
