/**
 * Escalation of an unacknowledged incident: computes the next step from the policy and the current position.
 *
 * A rule pages its targets, then waits `delaySeconds`. After the last rule, the next pass begins, up to `repeat` times.
 */
import { isPseudonym } from "../access/forget/pseudonym.ts";
import { limits } from "../limits.ts";
import { onCallAt, type ScheduleHistory } from "./on-call.ts";
import type { PageReason } from "./page-reason.ts";
import type { OnCallRole } from "./schedule.ts";

export type EscalationTarget =
  | { readonly type: "schedule"; readonly role: OnCallRole }
  | { readonly type: "user"; readonly email: string };

export interface EscalationRule {
  readonly targets: readonly EscalationTarget[];
  readonly delaySeconds: number;
}

export interface EscalationPolicy {
  readonly rules: readonly EscalationRule[];
  /** Further passes through the rules. */
  readonly repeat: number;
}

/** Policy of teams that have not set one. */
export const defaultPolicy: EscalationPolicy = {
  rules: [
    { targets: [{ type: "schedule", role: "primary" }], delaySeconds: 300 },
    { targets: [{ type: "schedule", role: "secondary" }], delaySeconds: 300 },
  ],
  repeat: 0,
};

/** A position in a policy. Level and pass count from 1. */
export interface EscalationPosition {
  readonly level: number;
  readonly pass: number;
  /** Pass with which the present round began; 1 if absent. A round begins when an incident is open again. */
  readonly firstPass?: number;
}

/** Returns the number of a pass in its round. */
export function passOfRound({ pass, firstPass = 1 }: Pick<EscalationPosition, "pass" | "firstPass">): number {
  return pass - firstPass + 1;
}

/** Returns true for a later pass of a round, whose pages repeat those of the first. */
export function isRepeat(position: Pick<EscalationPosition, "pass" | "firstPass">): boolean {
  return passOfRound(position) > 1;
}

export const firstPosition: EscalationPosition = { level: 1, pass: 1 };

/** Returns the next position; undefined if the policy is exhausted. */
export function positionAfter(
  policy: EscalationPolicy,
  { level, pass, firstPass }: EscalationPosition,
): EscalationPosition | undefined {
  const round = firstPass === undefined ? {} : { firstPass };
  if (level < policy.rules.length) return { level: level + 1, pass, ...round };
  return pass < lastPassOf(policy, round) ? { level: 1, pass: pass + 1, ...round } : undefined;
}

/** Returns the last pass of a round of a policy. */
export function lastPassOf(
  { repeat }: EscalationPolicy,
  { firstPass = 1 }: Pick<EscalationPosition, "firstPass">,
): number {
  return firstPass + repeat;
}

/** A person to page. */
export interface Recipient {
  readonly name: string | null;
  readonly email: string;
  readonly reason: PageReason;
}

/**
 * Returns the person that a target reaches at a time; undefined if no one. For a team without a schedule,
 * only user targets reach someone. A forgotten person is never reached, so the next rule follows immediately.
 */
export function reach(
  history: ScheduleHistory | null,
  target: EscalationTarget,
  at: number,
): Recipient | undefined {
  if (target.type === "user") {
    const { email } = target;
    return isPseudonym(email) ? undefined : { name: null, email, reason: { kind: "policy" } };
  }
  if (!history) return undefined;
  const { person, kind, by } = onCallAt(history, target.role, at);
  if (!person || by === null || isPseudonym(person.email)) return undefined;
  const { role } = target;
  return { ...person, reason: { kind: kind === "override" ? "override" : "layer", role, name: by } };
}

/** A rule that fires. */
export interface EscalationStep {
  readonly position: EscalationPosition;
  readonly recipients: readonly Recipient[];
  /** Time of the next step in epoch milliseconds; null if none follows. */
  readonly nextAt: number | null;
  /** Positions that were skipped because they reach no one. */
  readonly gaps: readonly EscalationPosition[];
}

/**
 * Returns the step at a position, or at the first later one that reaches someone. Coverage gaps cause no
 * delay.
 *
 * @param at time at which the step fires and its targets are resolved, in epoch milliseconds
 * @returns undefined if no one is left to reach
 */
export function stepFrom(
  policy: EscalationPolicy,
  from: EscalationPosition,
  history: ScheduleHistory | null,
  at: number,
): EscalationStep | undefined {
  const gaps: EscalationPosition[] = [];
  for (
    let position: EscalationPosition | undefined = from;
    position;
    position = positionAfter(policy, position)
  ) {
    const rule = policy.rules[position.level - 1];
    const recipients = distinct((rule?.targets ?? []).flatMap((target) => reach(history, target, at) ?? []));
    if (rule && recipients.length > 0) {
      const last = positionAfter(policy, position) === undefined;
      return { position, recipients, nextAt: last ? null : at + rule.delaySeconds * 1_000, gaps };
    }
    gaps.push(position);
  }
  return undefined;
}

/**
 * Returns the names, or the addresses, of the first few people that the step after a position pages, as far as is known
 * now: none if it reaches no one.
 *
 * @param at time of that step
 */
export function namesOfNext(
  policy: EscalationPolicy,
  position: EscalationPosition,
  history: ScheduleHistory | null,
  at: number,
): string[] {
  const after = positionAfter(policy, position);
  const recipients = (after && stepFrom(policy, after, history, at)?.recipients) ?? [];
  return recipients.slice(0, limits.messageNames).map(({ name, email }) => name ?? email);
}

/** Removes duplicates: a person reached by two targets is paged once. */
function distinct(reached: readonly Recipient[]): Recipient[] {
  return reached.filter(({ email }, index) => reached.findIndex((other) => other.email === email) === index);
}
