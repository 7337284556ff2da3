/** What comes for a team: who is next, and when nobody is there. */

import { dayMs } from "../wall-clock.ts";
import { type Gap, gapsOfPolicy } from "./coverage.ts";
import type { EscalationPolicy } from "./escalation.ts";
import { type OnCall, onCallBetween, type Rota } from "./on-call.ts";
import type { OnCallRole } from "./schedule.ts";

/** How far ahead is looked: past a month's shift. */
export const outlookDays = 35;

/** Who is on call in a role, until when, and who is next. */
export interface RoleOutlook {
  readonly current: OnCall;
  /** Null if nothing changes within the time that is looked at. */
  readonly next: OnCall | null;
}

export interface Outlook {
  readonly roles: Readonly<Record<OnCallRole, RoleOutlook>>;
  /** When an incident would find nobody at any level. */
  readonly gaps: readonly Gap[];
}

export function outlookOf(rota: Rota, policy: EscalationPolicy | null, now: number): Outlook {
  const to = now + outlookDays * dayMs;
  const ofRole = (role: OnCallRole): RoleOutlook => {
    const [current, next = null] = onCallBetween(rota, role, now, to);
    return { current: current ?? { person: null, kind: "rotation", by: null, start: now, end: to }, next };
  };
  return {
    roles: { primary: ofRole("primary"), secondary: ofRole("secondary") },
    gaps: gapsOfPolicy(rota, policy, now, to),
  };
}
