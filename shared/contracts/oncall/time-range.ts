import type * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { dayMs } from "../../domain/time-units.ts";
import { instantInput } from "../fields.ts";

/** Time range of shifts. */
export const timeRange = { from: instantInput, to: instantInput };

/** Validates both ends together. */
export function checkTimeRange({ from, to }: { from: number; to: number }, context: z.RefinementCtx): void {
  const message =
    to <= from
      ? "must be after from"
      : to - from > limits.shiftsDays * dayMs
        ? `must be at most ${limits.shiftsDays} days after from`
        : undefined;
  if (message) context.addIssue({ code: "custom", path: ["to"], message });
}
