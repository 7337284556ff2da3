/** People of a team who can no longer sign in, but are still paged. */
import type { Person } from "../person.ts";
import type { EscalationPolicy } from "./escalation.ts";
import { type OnCall, onCallBetween, type ScheduleHistory } from "./on-call.ts";
import { type OnCallRole, onCallRoles } from "./schedule.ts";

export interface DeactivatedMember extends Person {
  /** Shifts that they still have. */
  readonly shifts: readonly (Pick<OnCall, "start" | "end"> & { readonly role: OnCallRole })[];
  /** True if the escalation policy names them. */
  readonly isInPolicy: boolean;
}

/** Returns the addresses of all people whom a team may page from now on. */
export function emailsOfTeam(history: ScheduleHistory, policy: EscalationPolicy | null): string[] {
  const members = history.schedules.flatMap(({ layers }) => layers.flatMap((layer) => layer.members));
  const overriding = history.overrides.map(({ person }) => person);
  const named = targetsOf(policy);
  return [...new Set([...members, ...overriding].map(({ email }) => email).concat(named))];
}

/** Returns the deactivated people who have shifts in [from, to) or are in the policy, with their shifts in order. */
export function deactivatedMembers(
  history: ScheduleHistory,
  policy: EscalationPolicy | null,
  deactivated: ReadonlySet<string>,
  from: number,
  to: number,
): DeactivatedMember[] {
  if (deactivated.size === 0) return [];
  const shifts = onCallRoles
    .flatMap((role) => onCallBetween(history, role, from, to).map((shift) => ({ ...shift, role })))
    .toSorted((a, b) => a.start - b.start);
  const named = targetsOf(policy);
  return [...deactivated].flatMap((email) => {
    const own = shifts.filter(({ person }) => person?.email === email);
    const isInPolicy = named.includes(email);
    if (own.length === 0 && !isInPolicy) return [];
    const name = own[0]?.person?.name ?? email;
    return [{ email, name, isInPolicy, shifts: own.map(({ role, start, end }) => ({ role, start, end })) }];
  });
}

function targetsOf(policy: EscalationPolicy | null): string[] {
  const targets = policy?.rules.flatMap((rule) => rule.targets) ?? [];
  return targets.flatMap((target) => (target.type === "user" ? [target.email] : []));
}
