/** Settings of a service as form data: unvalidated texts. */
import * as z from "zod";
import { durationInput } from "../../../contracts/duration.ts";
import { serviceFields, serviceInput } from "../../../contracts/oncall/services/service.ts";
import { formatDuration } from "../../../domain/duration.ts";
import type { Fault } from "../../../domain/errors.ts";
import { urgencyChoices } from "../../../domain/incidents/urgency.ts";
import { limits } from "../../../domain/limits.ts";
import { newService, type Service } from "../../../domain/oncall/service.ts";
import { type Weekday, weekdays } from "../../../domain/wall-clock.ts";
import { faultsOf } from "../../../validation/faults.ts";
import { groupHours, windowsOn } from "../../components/forms/weekly-hours.ts";

const typed = (otherwise = "") => z.string().catch(otherwise);
const rows = <T extends z.ZodType>(row: T) => z.array(row).catch([]);
const checked = z.literal("on").optional().catch(undefined);
const choice = z.enum(urgencyChoices);

const hours = z.object({
  /** The same times on some days of the week, or one period from a day to another. */
  type: z.enum(["days", "period"]).catch("days"),
  days: z.partialRecord(z.enum(weekdays), checked).catch({}),
  start_day: z.enum(weekdays).catch("friday"),
  start: typed("09:00"),
  end_day: z.enum(weekdays).catch("monday"),
  end: typed("17:00"),
});

export const serviceDraft = z.object({
  team: typed(),
  description: typed(),
  runbook_url: typed(),
  links: rows(z.object({ text: typed(), href: typed() })),
  auto_resolve: typed(),
  acknowledgement_timeout: typed(),
  urgency: z.enum([...urgencyChoices, "hours"]).catch("high"),
  timezone: typed("UTC"),
  hours: rows(hours),
  inside: choice.catch("high"),
  outside: choice.catch("low"),
  raise: checked,
});

export type ServiceDraft = z.output<typeof serviceDraft>;
export type HoursDraft = ServiceDraft["hours"][number];

export const workingDays = daysDraft(["monday", "tuesday", "wednesday", "thursday", "friday"]);

function daysDraft(days: readonly Weekday[]): HoursDraft["days"] {
  return Object.fromEntries(days.map((day) => [day, "on" as const]));
}

/** Converts stored settings to form data. */
export function draftOfService(settings: Service | undefined, team: string): ServiceDraft {
  const service = settings ?? { ...newService, team };
  const { urgency } = service;
  const duration = (seconds: number | null) => (seconds === null ? "" : formatDuration(seconds));
  return serviceDraft.parse({
    team: service.team,
    description: service.description ?? "",
    runbook_url: service.runbookUrl ?? "",
    links: service.links,
    auto_resolve: duration(service.autoResolveSeconds),
    acknowledgement_timeout: duration(service.acknowledgementTimeoutSeconds),
    ...(typeof urgency === "string"
      ? // Hours to begin with, for those who choose hours.
        { urgency, hours: [{ days: workingDays }], raise: "on" }
      : {
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
        }),
  });
}

const { auto_resolve_seconds, acknowledgement_timeout_seconds, ...fields } = serviceInput.shape;
const body = z.strictObject({
  ...fields,
  auto_resolve: durationInput(auto_resolve_seconds).nullable(),
  acknowledgement_timeout: durationInput(acknowledgement_timeout_seconds).nullable(),
});

type Fields = ReturnType<typeof serviceFields>;

/** Returns the settings, or the faults at the form's fields. */
export function parseServiceDraft(
  draft: ServiceDraft,
): { readonly fields: Fields } | { readonly faults: readonly Fault[] } {
  const windows = draft.hours.map(windowsOf);
  const parsed = body.safeParse({
    team: draft.team,
    description: draft.description.trim() || null,
    runbook_url: draft.runbook_url.trim() || null,
    links: draft.links.map(({ text, href }) => ({ text, href: href.trim() })),
    auto_resolve: draft.auto_resolve.trim() || null,
    acknowledgement_timeout: draft.acknowledgement_timeout.trim() || null,
    urgency: draft.urgency === "hours" ? { ...hoursBodyOf(draft), hours: windows.flat() } : draft.urgency,
  });
  const empty = draft.urgency === "hours" ? windows.flatMap((row, at) => (row.length === 0 ? [at] : [])) : [];
  const withoutDays = empty.map((at) => ({ path: `hours.${at}`, message: "must have at least one day" }));
  if (parsed.success && withoutDays.length === 0) {
    const { auto_resolve, acknowledgement_timeout, ...rest } = parsed.data;
    return {
      fields: serviceFields({
        ...rest,
        auto_resolve_seconds: auto_resolve,
        acknowledgement_timeout_seconds: acknowledgement_timeout,
      }),
    };
  }
  const faults = parsed.success ? [] : faultsOf(parsed.error.issues, limits.faultsPerReply);
  const rowOf = windows.flatMap((row, at) => row.map(() => at));
  return { faults: [...withoutDays, ...distinct(faults.map((fault) => atField(fault, rowOf)))] };
}

function windowsOf({ type, days, start_day, start, end_day, end }: HoursDraft) {
  if (type === "period") return [{ type: "weekly", start_day, start, end_day, end }] as const;
  return windowsOn(
    weekdays.filter((day) => days[day] === "on"),
    start,
    end,
  );
}

function hoursBodyOf({ timezone, inside, outside, raise }: ServiceDraft) {
  return { timezone: timezone.trim(), inside, outside, raise: raise === "on" };
}

const hoursPath = /^urgency\.hours\.(\d+)(.*)$/;

/** Maps a fault of the request to the form's field. @param rowOf row of each window */
function atField({ path, message }: Fault, rowOf: readonly number[]): Fault {
  const [, window, rest = ""] = hoursPath.exec(path) ?? [];
  if (window !== undefined)
    return {
      path: `hours.${rowOf[Number(window)] ?? 0}${rest}`,
      message: message.startsWith("overlaps") ? "must not overlap other hours" : message,
    };
  return { path: path.replace(/^urgency\./, ""), message };
}

/** Omits repetitions: the windows of one row have the same faults. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}
