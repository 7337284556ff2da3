/** On-call forecast of a team: next people and coverage gaps. */

import { dayMs } from "../time-units.ts";
import { type Gap, gapsOfPolicy } from "./coverage.ts";
import type { EscalationPolicy } from "./escalation.ts";
import { type OnCall, onCallBetween, type ScheduleHistory } from "./on-call.ts";
import type { OnCallRole } from "./schedule.ts";

/** Length of the forecast, longer than a monthly shift. */
export const forecastDays = 35;

/** Current and next person on call in a role, with the times. */
export interface RoleForecast {
  readonly current: OnCall;
  /** Null if nothing changes within the forecast. */
  readonly next: OnCall | null;
}

export interface Forecast {
  readonly roles: Readonly<Record<OnCallRole, RoleForecast>>;
  /** Intervals in which no level reaches anyone. */
  readonly gaps: readonly Gap[];
}

export function forecastOf(history: ScheduleHistory, policy: EscalationPolicy | null, now: number): Forecast {
  const to = now + forecastDays * dayMs;
  const ofRole = (role: OnCallRole): RoleForecast => {
    const [current, next = null] = onCallBetween(history, role, now, to);
    return { current: current ?? { person: null, kind: "rotation", by: null, start: now, end: to }, next };
  };
  return {
    roles: { primary: ofRole("primary"), secondary: ofRole("secondary") },
    gaps: gapsOfPolicy(history, policy, now, to),
  };
}
