/** Rules that say what an alert is to the platform, before it is correlated. */

import { limits } from "../limits.ts";
import type { Severity } from "../severity.ts";
import type { Alert } from "./alert.ts";
import type { FlapRule } from "./flapping.ts";
import { fieldOf, isAlertField, type Matchable, type Matcher, matchesAll } from "./matcher.ts";

/** Alerts that agree in all of these fields are one incident, if each comes soon enough after the one before. */
export interface GroupRule {
  readonly by: readonly string[];
  readonly windowSeconds: number;
}

export interface RoutingRule {
  /** Unlike that of every other rule. */
  readonly name: string;
  readonly matchers: readonly Matcher[];
  /** What becomes of the alert's fields; null leaves them. */
  readonly service: string | null;
  readonly team: string | null;
  readonly severity: Severity | null;
  /** With `{{field}}` for the fields of the alert as it came; null leaves the key. */
  readonly dedupKey: string | null;
  readonly drop: boolean;
  readonly group: GroupRule | null;
  /** The alert waits while an incident of its service that is as bad as this is unresolved; null for never. */
  readonly inhibitedBy: Severity | null;
  readonly flapping: FlapRule | null;
  /** Whether the rules after it are asked too, with what it made of the alert. */
  readonly goOn: boolean;
}

/** The ordered list as a whole; times are epoch milliseconds. */
export interface Routing {
  readonly rules: readonly RoutingRule[];
  /** Alerts received from then on go by it. */
  readonly inForceFrom: number;
  readonly version: number;
}

/** With what was in force before, for alerts that have waited since. */
export interface RoutingHistory {
  readonly current: Routing;
  readonly superseded: Routing | null;
}

export const noRouting: Routing = { rules: [], inForceFrom: 0, version: 0 };

/** What rules made of an alert besides changing its fields. */
export interface AlertRoute {
  /** Names of those that it met. */
  readonly rules: readonly string[];
  readonly dropped?: true;
  /** `key` is the same for alerts of one group. */
  readonly group?: { readonly key: string; readonly windowSeconds: number };
  readonly inhibitedBy?: Severity;
  readonly flapping?: FlapRule;
}

export function rulesAt({ current, superseded }: RoutingHistory, at: number): readonly RoutingRule[] {
  return superseded !== null && at < current.inForceFrom ? superseded.rules : current.rules;
}

type Routable = Matchable & Pick<Alert, "team" | "route">;

/** The alert as rules make it, the first that it meets unless that lets others follow; the very alert if none does. */
export function routed<A extends Routable>(alert: A, rules: readonly RoutingRule[]): A {
  let current = alert;
  for (const rule of rules) {
    if (!matchesAll(rule.matchers, current)) continue;
    current = follow(current, rule);
    if (rule.drop || !rule.goOn) break;
  }
  return current;
}

function follow<A extends Routable>(alert: A, rule: RoutingRule): A {
  const { team, dedupKey, group, inhibitedBy, flapping } = rule;
  const named = {
    ...alert,
    service: rule.service ?? alert.service,
    severity: rule.severity ?? alert.severity,
    dedupKey: (dedupKey === null ? null : filledIn(dedupKey, alert)) ?? alert.dedupKey,
    ...(team !== null && { team }),
  };
  return {
    ...named,
    route: {
      ...alert.route,
      rules: [...(alert.route?.rules ?? []), rule.name],
      ...(rule.drop && { dropped: true as const }),
      ...(group && { group: { key: groupKey(rule.name, group, named), windowSeconds: group.windowSeconds } }),
      ...(inhibitedBy && { inhibitedBy }),
      ...(flapping && { flapping }),
    },
  };
}

function groupKey(rule: string, { by }: GroupRule, alert: Matchable): string {
  return `group#${JSON.stringify([rule, ...by.map((field) => fieldOf(alert, field))])}`;
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Placeholders of a template that no alert can fill. */
export function unknownPlaceholders(template: string): string[] {
  return [...template.matchAll(placeholder)]
    .map(([, field = ""]) => field)
    .filter((field) => !isAlertField(field));
}

/** Null when nothing is left of it: that would throw together what has nothing in common. */
function filledIn(template: string, alert: Matchable): string | null {
  const values: string[] = [];
  const text = template.replaceAll(placeholder, (_, field: string) => {
    const value = fieldOf(alert, field);
    values.push(value);
    return value;
  });
  if (text === "" || (values.length > 0 && values.every((value) => value === ""))) return null;
  return [...text].slice(0, limits.dedupKeyLength).join("");
}
