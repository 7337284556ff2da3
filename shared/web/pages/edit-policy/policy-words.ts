/** An escalation policy in words, line by line. */
import type { EscalationPolicy, EscalationTarget } from "../../../domain/oncall/escalation.ts";
import { isolate } from "../../components/isolate.ts";

export function policyWords({ rules, repeat }: EscalationPolicy): string[] {
  return [
    ...rules.map(
      ({ targets, delaySeconds }, index) =>
        `${index + 1}. ${targets.map(targetWords).join(", ")}; next after ${delayWords(delaySeconds)}`,
    ),
    `Repeated ${timesWords(repeat)}`,
  ];
}

export function targetWords(target: EscalationTarget): string {
  return target.type === "user" ? isolate(target.email) : target.role;
}

/** Returns the reason why a person is paged, without IDs. */
export function whyWords(why: string): string {
  return why.replace(/ ovr_\w+$/, "");
}

/** `5 minutes`, `90 seconds` */
export function delayWords(seconds: number): string {
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

export function timesWords(count: number): string {
  return count === 0 ? "not at all" : count === 1 ? "once" : `${count} times`;
}
