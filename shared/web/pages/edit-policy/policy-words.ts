/** Escalation policies in words. */

import type { EscalationPolicy, EscalationTarget } from "../../../domain/oncall/escalation.ts";
import { formatExactly } from "../../components/duration.ts";
import { isolate } from "../../components/isolate.ts";

export function policyWords({ rules, repeat }: EscalationPolicy): string[] {
  return [
    ...rules.map(
      ({ targets, delaySeconds }, index) =>
        `${index + 1}. ${targets.map(targetWords).join(", ")}; next after ${formatExactly(delaySeconds)}`,
    ),
    repeat === 0 ? "Not repeated" : `Repeated ${timesWords(repeat)}`,
  ];
}

function targetWords(target: EscalationTarget): string {
  return target.type === "user" ? isolate(target.email) : target.role;
}

/** Returns the reason why someone is paged, without the ID of the override. */
export function whyWords(why: string): string {
  return why.replace(/ ovr_\w+$/, "");
}

export function timesWords(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
