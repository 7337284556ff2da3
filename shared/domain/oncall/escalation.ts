/**
 * How an unanswered incident climbs: the next step, worked out from the policy and where it stands.
 *
 * A rule pages its targets and waits `delaySeconds` before it is left, the last one included; after the last
 * rule of a pass the next pass begins, as often as `repeat` says.
 */
import { onCallAt, type Rota } from "./on-call.ts";
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
  /** Further passes through the rules after the first. */
  readonly repeat: number;
}

/** What a team has that made none of its own. */
export const defaultPolicy: EscalationPolicy = {
  rules: [
    { targets: [{ type: "schedule", role: "primary" }], delaySeconds: 300 },
    { targets: [{ type: "schedule", role: "secondary" }], delaySeconds: 300 },
  ],
  repeat: 0,
};

/** A place in a policy; both count from 1. */
export interface EscalationPosition {
  readonly level: number;
  readonly pass: number;
}

export const firstPosition: EscalationPosition = { level: 1, pass: 1 };

/** The place after this one; undefined when the policy is exhausted. */
export function positionAfter(
  policy: EscalationPolicy,
  { level, pass }: EscalationPosition,
): EscalationPosition | undefined {
  if (level < policy.rules.length) return { level: level + 1, pass };
  return pass <= policy.repeat ? { level: 1, pass: pass + 1 } : undefined;
}

/** Somebody whom a target reaches, and why: the layer, override or rule that decided it. */
export interface Reached {
  readonly name: string | null;
  readonly email: string;
  readonly why: string;
}

/** Whom a target reaches at an instant; undefined for nobody. A team without a schedule reaches by user only. */
export function reach(rota: Rota | null, target: EscalationTarget, at: number): Reached | undefined {
  if (target.type === "user") return { name: null, email: target.email, why: "named by the policy" };
  if (!rota) return undefined;
  const { person, kind, by } = onCallAt(rota, target.role, at);
  return person
    ? { ...person, why: `${target.role} by ${kind === "override" ? "override" : "layer"} ${by}` }
    : undefined;
}

/** A rule that fires. */
export interface EscalationStep {
  readonly position: EscalationPosition;
  readonly recipients: readonly Reached[];
  /** When the next step is due, epoch milliseconds; null when none follows. */
  readonly nextAt: number | null;
  /** Places that were passed over because they reach nobody. */
  readonly gaps: readonly EscalationPosition[];
}

/**
 * The step at a place, or at the first one after it that reaches somebody: a gap in coverage costs no time.
 *
 * @param at when it fires, epoch milliseconds; targets are resolved then
 * @returns undefined when nobody is left to be reached
 */
export function stepFrom(
  policy: EscalationPolicy,
  from: EscalationPosition,
  rota: Rota | null,
  at: number,
): EscalationStep | undefined {
  const gaps: EscalationPosition[] = [];
  for (
    let position: EscalationPosition | undefined = from;
    position;
    position = positionAfter(policy, position)
  ) {
    const rule = policy.rules[position.level - 1];
    const recipients = distinct((rule?.targets ?? []).flatMap((target) => reach(rota, target, at) ?? []));
    if (rule && recipients.length > 0) {
      const last = positionAfter(policy, position) === undefined;
      return { position, recipients, nextAt: last ? null : at + rule.delaySeconds * 1_000, gaps };
    }
    gaps.push(position);
  }
  return undefined;
}

/** One person reached by two targets is paged once. */
function distinct(reached: readonly Reached[]): Reached[] {
  return reached.filter(({ email }, index) => reached.findIndex((other) => other.email === email) === index);
}
