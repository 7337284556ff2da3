import * as z from "zod";
import { Invalid } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { Schedule } from "../../../domain/oncall/schedule.ts";
import { dayMs } from "../../../domain/time-units.ts";
import {
  daysFrom,
  formatDate,
  type Weekday,
  wallClock,
  weekdayOf,
  weekdays,
} from "../../../domain/wall-clock.ts";
import { faultsOf } from "../../../validation/faults.ts";
import { layeredPlan, type PlanInput, planInput, simplePlan } from "./plan.ts";
import { presentPlan } from "./schedule.ts";

const fields = { ...simplePlan.shape, ...layeredPlan.shape };

/** Changed fields of a plan. The whole plan is validated after they are merged. */
export const planPatch = z.record(z.string(), z.unknown()).superRefine((patch, context) => {
  const named = Object.keys(patch);
  const unknown = named.filter((field) => !Object.hasOwn(fields, field));
  if (unknown.length > 0) context.addIssue({ code: "unrecognized_keys", keys: unknown });
  if (named.length === 0) context.addIssue(`must have at least one of ${Object.keys(fields).join(", ")}`);
});

export const planPatchDocs = z.union([
  z.strictObject(simplePlan.shape).partial().meta({ minProperties: 1 }),
  z.strictObject(layeredPlan.shape).partial().meta({ minProperties: 1 }),
]);

/**
 * Merges a patch into a schedule's plan. A schedule in the simple form stays simple unless it gets layers.
 * One with layers becomes simple only if the patch has all required fields.
 *
 * @throws Invalid if the result is not a valid plan
 */
export function patchedPlan(schedule: Schedule, patch: z.output<typeof planPatch>): PlanInput {
  const result = planInput.safeParse({ ...remaining(schedule, patch), ...patch });
  if (result.success) return result.data;
  throw new Invalid(faultsOf(result.error.issues, limits.faultsPerReply));
}

/** Returns the unchanged part of a schedule in request form. */
function remaining(schedule: Schedule, patch: z.output<typeof planPatch>): Record<string, unknown> {
  const { layers, ...simple } = presentPlan(schedule);
  const { timezone, handoff_notices } = simple;
  const common = { timezone, handoff_notices };
  const others = Object.keys(patch).filter((field) => !(field in common));
  if (schedule.rotationType === "custom") return others.length === 0 ? { ...common, layers } : common;
  if ("layers" in patch) return common;
  const { handoff_day, starts_on, ...rest } = simple;
  // The start date determines the day, unless it is removed.
  if (patch.starts_on === null) return { ...rest, handoff_day };
  const day = patch.handoff_day;
  return { ...rest, starts_on: isWeekday(day) ? dateOnOrBefore(starts_on, day) : starts_on };
}

/** Moves the start date to the new handoff day, keeping the current turn where possible. */
function dateOnOrBefore(date: string | undefined, day: Weekday): string | undefined {
  if (date === undefined) return undefined;
  const start = wallClock(`${date}T00:00`);
  return formatDate(start - daysFrom(day, weekdayOf(start)) * dayMs);
}

function isWeekday(value: unknown): value is Weekday {
  return weekdays.some((day) => day === value);
}
