/** Urgency of a service or a routing rule as form data: unvalidated texts, with hours in rows. */
import * as z from "zod";
import type { Fault } from "../../../domain/errors.ts";
import { type UrgencySetting, urgencyChoices } from "../../../domain/incidents/urgency.ts";
import { type Weekday, weekdays } from "../../../domain/wall-clock.ts";
import type { Blanks } from "../../site/forms/form-tree.ts";
import { groupHours, windowsOn } from "./weekly-hours.ts";

const typed = (otherwise: string) => z.string().catch(otherwise);
const checked = z.literal("on").optional().catch(undefined);
const choice = z.enum(urgencyChoices);

const hoursDraft = z.object({
  /** The same times on some days of the week, or one period from a day to another. */
  type: z.enum(["days", "period"]).catch("days"),
  days: z.partialRecord(z.enum(weekdays), checked).catch({}),
  start_day: z.enum(weekdays).catch("friday"),
  start: typed("09:00"),
  end_day: z.enum(weekdays).catch("monday"),
  end: typed("17:00"),
});

/** Fields of a form: a choice, or `hours` with the fields after it. */
export const urgencyDraftFields = {
  urgency: z.string().catch(""),
  timezone: typed("UTC"),
  hours: z.array(hoursDraft).catch([]),
  inside: choice.catch("high"),
  outside: choice.catch("low"),
  raise: checked,
};

export type HoursDraft = z.output<typeof hoursDraft>;
export type UrgencyDraft = z.output<z.ZodObject<typeof urgencyDraftFields>>;

const workingDays = daysDraft(["monday", "tuesday", "wednesday", "thursday", "friday"]);

/** A new row of hours. */
export const blankHours: Blanks = {
  hours: { row: { days: workingDays as Record<string, string> }, first: "type" },
};

function daysDraft(days: readonly Weekday[]): HoursDraft["days"] {
  return Object.fromEntries(days.map((day) => [day, "on" as const]));
}

/** Converts a setting to form data; null to an empty choice. */
export function draftOfUrgency(urgency: UrgencySetting | null): object {
  // Hours to begin with, for those who choose hours.
  if (typeof urgency === "string" || urgency === null)
    return { urgency: urgency ?? "", hours: [{ days: workingDays }], raise: "on" };
  return {
    ...urgency,
    urgency: "hours",
    hours: groupHours(urgency.hours).map((row) =>
      row.type === "days"
        ? { ...row, days: daysDraft(row.days) }
        : {
            type: "period",
            start_day: row.startDay,
            start: row.start,
            end_day: row.endDay,
            end: row.end,
          },
    ),
    raise: urgency.raise ? "on" : undefined,
  };
}

/** Converts form data to a part of a request. */
export function urgencyBodyOf(draft: UrgencyDraft): unknown {
  const { urgency, timezone, inside, outside, raise } = draft;
  if (urgency !== "hours") return urgency;
  const hours = draft.hours.flatMap(windowsOf);
  return { timezone: timezone.trim(), inside, outside, raise: raise === "on", hours };
}

function windowsOf({ type, days, start_day, start, end_day, end }: HoursDraft) {
  if (type === "period") return [{ type: "weekly", start_day, start, end_day, end }] as const;
  return windowsOn(
    weekdays.filter((day) => days[day] === "on"),
    start,
    end,
  );
}

/** Returns a fault for each row of hours without a day, which a request does not have. */
export function emptyHours({ urgency, hours }: UrgencyDraft): readonly Fault[] {
  if (urgency !== "hours") return [];
  return hours.flatMap((row, at) =>
    windowsOf(row).length === 0 ? [{ path: `hours.${at}`, message: "must have at least one day" }] : [],
  );
}

const hoursPath = /^urgency\.hours\.(\d+)(.*)$/;

/** Maps a fault of a request to the field of the form. */
export function urgencyFault({ path, message }: Fault, { hours }: UrgencyDraft): Fault {
  const rowOf = hours.flatMap((row, at) => windowsOf(row).map(() => at));
  const [, window, rest = ""] = hoursPath.exec(path) ?? [];
  if (window !== undefined)
    return {
      path: `hours.${rowOf[Number(window)] ?? 0}${rest}`,
      message: message.startsWith("overlaps") ? "must not overlap other hours" : message,
    };
  return { path: path.replace(/^urgency\./, ""), message };
}
