/** Alert matchers. An alert matches a list of matchers if all of them match. */

import { matchesPattern, patternFault } from "../pattern.ts";
import { severities } from "../severity.ts";
import type { Alert } from "./alert.ts";

/** `=~` and `!~` take a regular expression; see `matchesPattern`. */
export const matchOperators = ["=", "!=", "=~", "!~"] as const;
export type MatchOperator = (typeof matchOperators)[number];

export function isPatternOperator(op: MatchOperator): boolean {
  return op === "=~" || op === "!~";
}

/** Fields that matchers can test by name. Labels are `labels.<name>`. */
export const alertFields = ["service", "severity", "source", "message", "dedup_key"] as const;
export const labelPrefix = "labels.";

export interface Matcher {
  /** One of `alertFields`, or `labels.` and a label's name. */
  readonly field: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** The fields of a real or hypothetical alert that rules can test. */
export type Matchable = Pick<Alert, "service" | "severity" | "source" | "message" | "dedupKey" | "labels">;

/** Returns true if alerts can have this field. */
export function isAlertField(field: string): boolean {
  return (
    alertFields.some((known) => known === field) ||
    (field.startsWith(labelPrefix) && field.length > labelPrefix.length)
  );
}

/** Returns a field as text. A missing field is empty, like missing labels in Prometheus. */
export function fieldOf(alert: Matchable, field: string): string {
  switch (field) {
    case "service":
    case "severity":
    case "source":
    case "message":
      return alert[field];
    case "dedup_key":
      return alert.dedupKey ?? "";
    default: {
      const label = field.slice(labelPrefix.length);
      return Object.hasOwn(alert.labels, label) ? String(alert.labels[label]) : "";
    }
  }
}

/** An empty list of matchers matches every alert. */
export function matchesAll(matchers: readonly Matcher[], alert: Matchable): boolean {
  return matchers.every((matcher) => matches(matcher, fieldOf(alert, matcher.field)));
}

/** A text that does not occur in practice. */
const unlikely = "\u{10fffd}";

/** Alerts of each severity, without labels or a dedup key, whose texts match no realistic pattern. */
const plainAlerts: readonly Matchable[] = severities.map((severity) => ({
  service: unlikely,
  severity,
  source: unlikely,
  message: unlikely,
  dedupKey: null,
  labels: {},
}));

/**
 * Returns true if all matchers match an alert without labels, of any severity. Such matchers only exclude
 * something, like `labels.env != "staging"`, or match everything, like `message =~ ".*"`. An invalid
 * expression matches nothing.
 */
export function matchEverything(matchers: readonly Matcher[]): boolean {
  const areValid = matchers.every(({ op, value }) => !isPatternOperator(op) || patternFault(value) === null);
  return areValid && plainAlerts.every((alert) => matchesAll(matchers, alert));
}

function matches({ op, value }: Matcher, text: string): boolean {
  switch (op) {
    case "=":
      return text === value;
    case "!=":
      return text !== value;
    case "=~":
      return matchesPattern(value, text);
    case "!~":
      return !matchesPattern(value, text);
  }
}
