import type { EscalationPolicy } from "./escalation.ts";
import type { OnCall } from "./on-call.ts";
import type { OnCallRole, Schedule } from "./schedule.ts";

/** A team at an instant: its schedule, who is on call by it, and how its incidents climb. */
export interface TeamNow {
  readonly schedule: Schedule;
  readonly roles: Readonly<Record<OnCallRole, OnCall>>;
  readonly policy: EscalationPolicy;
}
