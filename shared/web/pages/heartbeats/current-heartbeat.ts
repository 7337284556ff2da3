import type { Gap } from "../../../domain/alerts/downtime.ts";
import {
  type Heartbeat,
  type HeartbeatState,
  heartbeatState,
  overdueAt,
} from "../../../domain/alerts/heartbeat.ts";
import type { WithPulse } from "../../../use-cases/ports/alerts.ts";

/** A heartbeat monitor with its state. Times are epoch milliseconds. */
export interface CurrentHeartbeat {
  readonly heartbeat: Heartbeat;
  readonly state: HeartbeatState;
  readonly lastBeatAt: number | null;
  /** Time at which the next ping is overdue; null if none is expected. */
  readonly dueAt: number | null;
  readonly missingSince: number | null;
}

export function currentHeartbeat(
  { heartbeat, pulse }: WithPulse,
  gaps: readonly Gap[],
  now: number,
): CurrentHeartbeat {
  const { state, missingSince } = heartbeatState(pulse, gaps, now);
  return {
    heartbeat,
    state,
    missingSince,
    lastBeatAt: pulse.lastBeatAt,
    dueAt: overdueAt(pulse, gaps),
  };
}
