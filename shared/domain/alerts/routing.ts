/** Routing rules, which modify or drop an alert before correlation. */

import type { UrgencySetting } from "../incidents/urgency.ts";
import { limits } from "../limits.ts";
import type { Severity } from "../severity.ts";
import type { Alert } from "./alert.ts";
import type { AlertRoute, FlapRule } from "./alert-route.ts";
import { fieldOf, isAlertField, type Matchable, type Matcher, matchesAll } from "./matcher.ts";

/**
 * Groups alerts with equal values in these fields into one incident, if each arrives soon enough after the
 * previous one.
 */
export interface GroupRule {
  readonly by: readonly string[];
  readonly windowSeconds: number;
}

export interface RoutingRule {
  /** Unique among the rules. */
  readonly name: string;
  readonly matchers: readonly Matcher[];
  /** New values of the alert's fields; null leaves them unchanged. */
  readonly service: string | null;
  readonly team: string | null;
  readonly severity: Severity | null;
  /** Urgency of incidents that its alerts open; null leaves it to their service. */
  readonly urgency: UrgencySetting | null;
  /** Template with `{{field}}` placeholders for fields of the original alert; null keeps the key. */
  readonly dedupKey: string | null;
  readonly drop: boolean;
  readonly group: GroupRule | null;
  /**
   * Suppresses the alert while its service has an unresolved incident of at least this severity; null for
   * never.
   */
  readonly inhibitedBy: Severity | null;
  readonly flapping: FlapRule | null;
  /** True if later rules are evaluated too, with the modified alert. */
  readonly continues: boolean;
}

/** The ordered list of rules. Times are epoch milliseconds. */
export interface Routing {
  readonly rules: readonly RoutingRule[];
  /** Applies to alerts received from this time on. */
  readonly inForceFrom: number;
  readonly version: number;
}

/** The current rules with previous ones, for alerts that were received earlier. */
export interface RoutingHistory {
  readonly current: Routing;
  readonly superseded: Routing | null;
}

export const noRouting: Routing = { rules: [], inForceFrom: 0, version: 0 };

export function rulesAt({ current, superseded }: RoutingHistory, at: number): readonly RoutingRule[] {
  return superseded !== null && at < current.inForceFrom ? superseded.rules : current.rules;
}

type Routable = Matchable & Pick<Alert, "team" | "route">;

/**
 * Applies the first matching rule, and later ones if it continues. Returns the same object if no rule
 * matches.
 */
export function routed<A extends Routable>(alert: A, rules: readonly RoutingRule[]): A {
  let current = alert;
  for (const rule of rules) {
    if (!matchesAll(rule.matchers, current)) continue;
    current = follow(current, rule);
    if (rule.drop || !rule.continues) break;
  }
  return current.route
    ? { ...current, route: { ...current.route, ...receivedFields(alert, current) } }
    : current;
}

function receivedFields(before: Routable, after: Routable): Pick<AlertRoute, "received"> {
  const received = {
    ...(before.service !== after.service && { service: before.service }),
    ...(before.severity !== after.severity && { severity: before.severity }),
    ...(before.dedupKey !== after.dedupKey && { dedupKey: before.dedupKey }),
    ...(before.team !== after.team && { team: before.team ?? null }),
  };
  return Object.keys(received).length > 0 ? { received } : {};
}

/** Returns an alert as it was before the rules. */
export function asReceived({ route, team: routedTeam, ...alert }: Alert): Alert {
  const { team = routedTeam ?? null, ...fields } = route?.received ?? {};
  return { ...alert, ...fields, ...(team !== null && { team }) };
}

function follow<A extends Routable>(alert: A, rule: RoutingRule): A {
  const { team, urgency, dedupKey, group, inhibitedBy, flapping } = rule;
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
      ...(urgency !== null && { urgency }),
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

/** Returns the placeholders of a template that no alert can fill. */
export function unknownPlaceholders(template: string): string[] {
  return [...template.matchAll(placeholder)]
    .map(([, field = ""]) => field)
    .filter((field) => !isAlertField(field));
}

/** Returns null if the result is empty, because an empty key would merge unrelated alerts. */
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
