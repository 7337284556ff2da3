/** Urgency of incidents: high urgency pages people until someone acknowledges, low urgency waits. */
import { type DutyAt, dutiesOf, type Restriction } from "../oncall/restriction.ts";
import type { Severity } from "../severity.ts";
import { dayMs } from "../time-units.ts";
import { type Urgency, urgencies } from "./urgency-level.ts";

/** A fixed urgency, or `by_severity`: high for critical and high severity, low otherwise. */
export const urgencyChoices = [...urgencies, "by_severity"] as const;
export type UrgencyChoice = (typeof urgencyChoices)[number];

/** Urgency by local hours. */
export interface UrgencyHours {
  readonly timezone: string;
  /** At least one. */
  readonly hours: readonly Restriction[];
  readonly inside: UrgencyChoice;
  readonly outside: UrgencyChoice;
  /** True if incidents of low urgency become high when the hours make them so. */
  readonly raise: boolean;
}

export type UrgencySetting = UrgencyChoice | UrgencyHours;

/** Returns the urgency of an incident at a time. */
export function urgencyAt(setting: UrgencySetting, severity: Severity, at: number): Urgency {
  return typeof setting === "string"
    ? chosen(setting, severity)
    : urgencyInHours(setting, severity, dutiesOf(setting.hours, setting.timezone)(at).onDuty);
}

/**
 * Returns the first time, not before `at`, at which the hours of a setting with `raise` make an incident high:
 * `at` itself if they already do. Null if they never do, or if the setting has no hours or no `raise`.
 */
export function nextHighAt(setting: UrgencySetting, severity: Severity, at: number): number | null {
  if (typeof setting === "string" || !setting.raise) return null;
  const dutyAt: DutyAt = dutiesOf(setting.hours, setting.timezone);
  for (let time = at; time < at + longestPeriod; ) {
    const { onDuty, end } = dutyAt(time);
    if (urgencyInHours(setting, severity, onDuty) === "high") return time;
    time = end;
  }
  return null;
}

/** Two weeks, and another one because weekly hours within a spring gap do not occur. */
const longestPeriod = 21 * dayMs;

function urgencyInHours(setting: UrgencyHours, severity: Severity, inside: boolean): Urgency {
  return chosen(inside ? setting.inside : setting.outside, severity);
}

function chosen(choice: UrgencyChoice, severity: Severity): Urgency {
  if (choice !== "by_severity") return choice;
  return severity === "critical" || severity === "high" ? "high" : "low";
}
