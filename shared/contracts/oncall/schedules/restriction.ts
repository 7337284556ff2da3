/** Recurring local hours of a layer or a maintenance window. */
import * as z from "zod";
import { overlap, type Restriction } from "../../../domain/oncall/restriction.ts";
import { weekdays } from "../../../domain/wall-clock.ts";
import { localTime } from "../local.ts";

const restriction = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("daily"), start: localTime, end: localTime }),
    z.strictObject({
      type: z.literal("weekly"),
      start_day: z.enum(weekdays),
      start: localTime,
      end_day: z.enum(weekdays),
      end: localTime,
    }),
  ])
  .refine(
    (hours) => hours.start !== hours.end || (hours.type === "weekly" && hours.start_day !== hours.end_day),
    "must not be of zero length",
  );

/** @param called name of an item in error messages */
export function restrictionsInput(atMost: number, called = "restriction") {
  return z
    .array(restriction)
    .max(atMost)
    .superRefine((inputs, context) => {
      const restrictions = inputs.map(restrictionOf);
      for (const [index, hours] of restrictions.entries()) {
        const before = restrictions.slice(0, index).findIndex((other) => overlap(hours, other));
        if (before === -1) continue;
        context.addIssue({ code: "custom", path: [index], message: `overlaps ${called} ${before}` });
      }
    });
}

export function restrictionOf(hours: z.output<typeof restriction>): Restriction {
  if (hours.type === "daily") return hours;
  const { start_day: startDay, start, end_day: endDay, end } = hours;
  return { type: "weekly", startDay, start, endDay, end };
}

export const restrictionResource = z.union([
  z.object({ type: z.literal("daily"), start: z.string(), end: z.string() }),
  z.object({
    type: z.literal("weekly"),
    start_day: z.enum(weekdays),
    start: z.string(),
    end_day: z.enum(weekdays),
    end: z.string(),
  }),
]);

export function presentRestriction(hours: Restriction): z.input<typeof restrictionResource> {
  if (hours.type === "daily") return hours;
  const { startDay: start_day, start, endDay: end_day, end } = hours;
  return { type: "weekly", start_day, start, end_day, end };
}
