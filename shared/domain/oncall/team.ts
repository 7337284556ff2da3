import type { EscalationPolicy } from "./escalation.ts";
import type { OnCall } from "./on-call.ts";
import type { OnCallRole, Schedule } from "./schedule.ts";

/** A team at a time: its schedule, people on call and escalation policy. */
export interface TeamNow {
  readonly schedule: Schedule;
  readonly roles: Readonly<Record<OnCallRole, OnCall>>;
  readonly policy: EscalationPolicy;
}
