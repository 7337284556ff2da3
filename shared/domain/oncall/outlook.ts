/** On-call outlook of a team: next people and coverage gaps. */

import { dayMs } from "../time-units.ts";
import { type Gap, gapsOfPolicy } from "./coverage.ts";
import type { EscalationPolicy } from "./escalation.ts";
import { type OnCall, onCallBetween, type ScheduleHistory } from "./on-call.ts";
import type { OnCallRole } from "./schedule.ts";

/** Length of the outlook, longer than a monthly shift. */
export const outlookDays = 35;

/** Current and next person on call in a role, with the times. */
export interface RoleOutlook {
  readonly current: OnCall;
  /** Null if nothing changes within the outlook. */
  readonly next: OnCall | null;
}

export interface Outlook {
  readonly roles: Readonly<Record<OnCallRole, RoleOutlook>>;
  /** Intervals in which no level reaches anyone. */
  readonly gaps: readonly Gap[];
}

export function outlookOf(history: ScheduleHistory, policy: EscalationPolicy | null, now: number): Outlook {
  const to = now + outlookDays * dayMs;
  const ofRole = (role: OnCallRole): RoleOutlook => {
    const [current, next = null] = onCallBetween(history, role, now, to);
    return { current: current ?? { person: null, kind: "rotation", by: null, start: now, end: to }, next };
  };
  return {
    roles: { primary: ofRole("primary"), secondary: ofRole("secondary") },
    gaps: gapsOfPolicy(history, policy, now, to),
  };
}
