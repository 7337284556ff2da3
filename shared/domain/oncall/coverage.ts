/** Coverage gaps and handoffs of a team. */

import { isPseudonym } from "../access/forget/pseudonym.ts";
import { wallClockAt } from "../wall-clock.ts";
import { defaultPolicy, type EscalationPolicy } from "./escalation.ts";
import { onCallAt, onCallBetween, type ScheduleHistory } from "./on-call.ts";
import { type OnCallRole, onCallRoles } from "./schedule.ts";

/** A half-open interval, [start, end), in epoch milliseconds. */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

/** A team's gaps in [from, to). */
export interface Coverage {
  readonly team: string;
  readonly from: number;
  readonly to: number;
  /** Intervals in which no level reaches anyone. */
  readonly gaps: readonly Gap[];
  readonly byRole: Readonly<Record<OnCallRole, readonly Gap[]>>;
}

/** Returns the intervals in which no one is on call in a role, or a forgotten person. */
export function gapsOfRole(history: ScheduleHistory, role: OnCallRole, from: number, to: number): Gap[] {
  return onCallBetween(history, role, from, to)
    .filter(({ person }) => person === null || isPseudonym(person.email))
    .map(({ start, end }) => ({ start, end }));
}

/** Returns the intervals in which no level of the policy reaches anyone. */
export function gapsOfPolicy(
  history: ScheduleHistory,
  policy: EscalationPolicy | null,
  from: number,
  to: number,
): Gap[] {
  const targets = (policy ?? defaultPolicy).rules.flatMap((rule) => rule.targets);
  if (targets.some((target) => target.type === "user" && !isPseudonym(target.email))) return [];
  const roles = onCallRoles.filter((role) =>
    targets.some((target) => target.type === "schedule" && target.role === role),
  );
  return roles.map((role) => gapsOfRole(history, role, from, to)).reduce(common, [{ start: from, end: to }]);
}

/** Intersects two sorted lists of gaps. */
function common(some: readonly Gap[], others: readonly Gap[]): Gap[] {
  return some.flatMap((gap) =>
    others
      .map((other) => ({ start: Math.max(gap.start, other.start), end: Math.min(gap.end, other.end) }))
      .filter(({ start, end }) => start < end),
  );
}

export interface Handoff {
  readonly role: OnCallRole;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Emails of the outgoing and incoming person; null for no one. */
  readonly from: string | null;
  readonly to: string | null;
  /** The clocks changed since the role's previous handoff, so the same local time is another time in UTC. */
  readonly movedByClockChange: boolean;
}

/** Returns the handoffs of a team in (from, to), in order. */
export function handoffsBetween(
  history: ScheduleHistory,
  timezone: string,
  from: number,
  to: number,
): Handoff[] {
  return onCallRoles
    .flatMap((role) => handoffsOfRole(history, role, timezone, from, to))
    .toSorted((a, b) => a.at - b.at);
}

function handoffsOfRole(
  history: ScheduleHistory,
  role: OnCallRole,
  timezone: string,
  from: number,
  to: number,
): Handoff[] {
  const turns = onCallBetween(history, role, from, to).filter(
    ({ person }, index, all) => index === 0 || person?.email !== all[index - 1]?.person?.email,
  );
  return turns.slice(1).map(({ person, start: at }, index) => {
    const before = turns[index];
    // The first person's shift began before the interval.
    const since = index === 0 ? onCallAt(history, role, from).start : (before?.start ?? at);
    return {
      role,
      at,
      from: before?.person?.email ?? null,
      to: person?.email ?? null,
      movedByClockChange: since !== -Infinity && offsetAt(since, timezone) !== offsetAt(at, timezone),
    };
  });
}

function offsetAt(at: number, timezone: string): number {
  return wallClockAt(at, timezone) - at;
}
