/** Which alerts somebody means: those for which all of some matchers hold. */

import { matchesPattern, patternFault } from "../pattern.ts";
import { severities } from "../severity.ts";
import type { Alert } from "./alert.ts";

/** `=~` and `!~` take a regular expression; see `matchesPattern`. */
export const matchOperators = ["=", "!=", "=~", "!~"] as const;
export type MatchOperator = (typeof matchOperators)[number];

export function isPatternOperator(op: MatchOperator): boolean {
  return op === "=~" || op === "!~";
}

/** What of an alert can be asked for by name; labels are `labels.<name>`. */
export const alertFields = ["service", "severity", "source", "message", "dedup_key"] as const;
export const labelPrefix = "labels.";

export interface Matcher {
  /** One of `alertFields`, or `labels.` and a label's name. */
  readonly field: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** What a rule can look at: an alert, or one that is only thought of. */
export type Matchable = Pick<Alert, "service" | "severity" | "source" | "message" | "dedupKey" | "labels">;

/** Whether the field is one that an alert can have. */
export function isAlertField(field: string): boolean {
  return (
    alertFields.some((known) => known === field) ||
    (field.startsWith(labelPrefix) && field.length > labelPrefix.length)
  );
}

/** A field as text; what an alert doesn't have is empty, as labels are for Prometheus. */
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

/** No matchers at all mean every alert. */
export function matchesAll(matchers: readonly Matcher[], alert: Matchable): boolean {
  return matchers.every((matcher) => matches(matcher, fieldOf(alert, matcher.field)));
}

/** A text that nobody writes. */
const unlikely = "\u{10fffd}";

/** Alerts of each severity without labels or a dedup key, and with nothing in them that anybody asks for. */
const plainAlerts: readonly Matchable[] = severities.map((severity) => ({
  service: unlikely,
  severity,
  source: unlikely,
  message: unlikely,
  dedupKey: null,
  labels: {},
}));

/**
 * Tells if all matchers hold for an alert without labels, whatever its severity: they say only what is not meant, like
 * `labels.env != "staging"`, or nothing at all, like `message =~ ".*"`. An invalid expression holds for no alert.
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
