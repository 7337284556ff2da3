/** When nobody answers for a team, and when somebody hands over. */

import { wallClockAt } from "../wall-clock.ts";
import { defaultPolicy, type EscalationPolicy } from "./escalation.ts";
import { onCallAt, onCallBetween, type Rota } from "./on-call.ts";
import { type OnCallRole, onCallRoles } from "./schedule.ts";

/** A stretch of time, [start, end), in epoch milliseconds. */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

/** A team's gaps in [from, to). */
export interface Coverage {
  readonly team: string;
  readonly from: number;
  readonly to: number;
  /** When an incident would find nobody at any level. */
  readonly gaps: readonly Gap[];
  readonly byRole: Readonly<Record<OnCallRole, readonly Gap[]>>;
}

/** When nobody is on call in a role. */
export function gapsOfRole(rota: Rota, role: OnCallRole, from: number, to: number): Gap[] {
  return onCallBetween(rota, role, from, to)
    .filter(({ person }) => person === null)
    .map(({ start, end }) => ({ start, end }));
}

/** When an incident would find nobody at any level of the policy. */
export function gapsOfPolicy(rota: Rota, policy: EscalationPolicy | null, from: number, to: number): Gap[] {
  const targets = (policy ?? defaultPolicy).rules.flatMap((rule) => rule.targets);
  if (targets.some(({ type }) => type === "user")) return [];
  const roles = onCallRoles.filter((role) =>
    targets.some((target) => target.type === "schedule" && target.role === role),
  );
  return roles.map((role) => gapsOfRole(rota, role, from, to)).reduce(common, [{ start: from, end: to }]);
}

/** What two lists of gaps, each in order, have in common. */
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
  /** E-mail of who leaves and who comes; null for nobody. */
  readonly from: string | null;
  readonly to: string | null;
  /** The clocks changed since the role's handoff before: at the same time on the wall it is another in UTC. */
  readonly movedByClockChange: boolean;
}

/** Handoffs of a team in (from, to), in their order. */
export function handoffsBetween(rota: Rota, timezone: string, from: number, to: number): Handoff[] {
  return onCallRoles
    .flatMap((role) => handoffsOfRole(rota, role, timezone, from, to))
    .toSorted((a, b) => a.at - b.at);
}

function handoffsOfRole(rota: Rota, role: OnCallRole, timezone: string, from: number, to: number): Handoff[] {
  const turns = onCallBetween(rota, role, from, to).filter(
    ({ person }, index, all) => index === 0 || person?.email !== all[index - 1]?.person?.email,
  );
  return turns.slice(1).map(({ person, start: at }, index) => {
    const before = turns[index];
    // Whoever is on call at the very beginning took over earlier.
    const since = index === 0 ? onCallAt(rota, role, from).start : (before?.start ?? at);
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
