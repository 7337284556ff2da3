import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import { parseAs } from "../../fields.ts";
import { checkTimeRange, timeRange } from "../time-range.ts";
import { layeredPlan, planInput, simplePlan } from "./plan.ts";

const previewRange = z.object(timeRange).superRefine(checkTimeRange);

/** A schedule and the time range of the preview. */
export const previewInput = z.record(z.string(), z.unknown()).transform(({ from, to, ...plan }, context) => ({
  plan: parseAs(planInput, plan, context),
  timeRange: parseAs(previewRange, { from, to }, context),
}));

export const previewDocs = z
  .union([simplePlan.safeExtend(timeRange), layeredPlan.safeExtend(timeRange)])
  .meta({ description: `At most ${limits.shiftsDays} days.` });
