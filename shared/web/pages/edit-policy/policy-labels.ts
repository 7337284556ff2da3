/** Labels of escalation policies. */

import type { EscalationPolicy, EscalationTarget } from "../../../domain/oncall/escalation.ts";
import { describeReason, type PageReason } from "../../../domain/oncall/page-reason.ts";
import { formatExactly } from "../../components/duration.ts";
import { isolate } from "../../components/isolate.ts";

export function policyLines({ rules, repeat }: EscalationPolicy): string[] {
  return [
    ...rules.map(
      ({ targets, delaySeconds }, index) =>
        `${index + 1}. ${targets.map(targetText).join(", ")}; next after ${formatExactly(delaySeconds)}`,
    ),
    repeat === 0 ? "Not repeated" : `Repeated ${repeatText(repeat)}`,
  ];
}

function targetText(target: EscalationTarget): string {
  return target.type === "user" ? isolate(target.email) : target.role;
}

/** Returns the reason why someone is paged, without the ID of the override. */
export function reasonText(reason: PageReason): string {
  return reason.kind === "override" ? `${reason.role} by override` : describeReason(reason);
}

export function repeatText(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
