import type { UrgencyChoice, UrgencySetting } from "../../../domain/incidents/urgency.ts";
import { weekdays } from "../../../domain/wall-clock.ts";
import { groupHours } from "../../components/forms/weekly-hours.ts";
import { shortDay } from "../../components/local-time.ts";
import { restrictionText } from "../edit-schedule/plan-labels.ts";

const choices: Readonly<Record<UrgencyChoice, string>> = {
  high: "high",
  low: "low",
  by_severity: "by severity",
};

/** Describes the urgency of a service, one line per setting. */
export function urgencyLines(setting: UrgencySetting): string[] {
  if (typeof setting === "string")
    return [
      { high: "High", low: "Low", by_severity: "High for critical and high severity, otherwise low" }[
        setting
      ],
    ];
  const { timezone, hours, inside, outside, raise } = setting;
  const times = groupHours(hours).map((row) =>
    row.type === "days" ? `${daysText(row.days)} ${row.start}–${row.end}` : restrictionText(row),
  );
  return [
    `${times.join(", ")} (${timezone}): ${choices[inside]}`,
    `At other times: ${choices[outside]}`,
    ...(raise ? ["Open incidents are raised when the hours make them high"] : []),
  ];
}

/** `Mon–Fri`, `Sat, Sun`, `Every day` */
function daysText(days: readonly (typeof weekdays)[number][]): string {
  if (days.length === weekdays.length) return "Every day";
  const [first] = days;
  const last = days.at(-1);
  const start = first ? weekdays.indexOf(first) : -1;
  const areAdjoining = days.every((day, index) => weekdays[start + index] === day);
  if (first && last && days.length > 2 && areAdjoining) return `${shortDay(first)}–${shortDay(last)}`;
  return days.map(shortDay).join(", ");
}
