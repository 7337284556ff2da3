/** Routing rules in sentences. */
import type { RoutingRule } from "../../../domain/alerts/routing.ts";
import type { UrgencySetting } from "../../../domain/incidents/urgency.ts";
import { formatMatcher } from "../../components/alerts/matchers.ts";
import { formatExactly } from "../../components/duration.ts";
import { isolate } from "../../components/isolate.ts";

/** Lists what a rule does with the alerts that it matches. */
export function actionsOf(rule: RoutingRule): readonly string[] {
  const { service, team, severity, urgency, dedupKey, drop, group, inhibitedBy, flapping } = rule;
  if (drop) return ["drop"];
  const actions = [
    service !== null && `move to the service ${isolate(service)}`,
    team !== null && `page the team ${isolate(team)}`,
    severity !== null && `set the severity to ${severity}`,
    urgency !== null && `set the urgency: ${urgencyWords(urgency)}`,
    dedupKey !== null && `set the dedup key to ${isolate(dedupKey)}`,
    group && `group ${groupText(group.by)} within ${formatExactly(group.windowSeconds)}`,
    inhibitedBy !== null && `suppress during an incident of severity ${inhibitedBy} or higher`,
    flapping && `detect flapping after ${flapping.swings} in ${formatExactly(flapping.windowSeconds)}`,
  ].filter((action) => action !== false && action !== null);
  return actions.length === 0 ? ["change nothing"] : actions;
}

/** Describes an urgency: `low`, `by severity` or `by hours in Europe/Berlin`. */
export function urgencyWords(urgency: UrgencySetting): string {
  if (typeof urgency === "object") return `by hours in ${urgency.timezone}`;
  return urgency === "by_severity" ? "by severity" : urgency;
}

function groupText(by: readonly string[]): string {
  return by.length === 0 ? "all" : `by ${by.map(isolate).join(", ")}`;
}

/** Returns a rule in one line, to compare versions. */
export function ruleLine(rule: RoutingRule, index: number): string {
  const { name, matchers, continues } = rule;
  const when = matchers.length === 0 ? "every alert" : matchers.map(formatMatcher).map(isolate).join(" and ");
  const then = actionsOf(rule).join(", ");
  return `${index + 1}. ${isolate(name)}: ${when}: ${then}${continues && !rule.drop ? ", continue" : ""}`;
}
