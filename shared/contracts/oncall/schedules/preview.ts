import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import { parseAs } from "../../fields.ts";
import { checkSpan, span } from "../span.ts";
import { layeredPlan, planInput, simplePlan } from "./plan.ts";

const previewSpan = z.object(span).superRefine(checkSpan);

/** A schedule and the time range of the preview. */
export const previewInput = z.record(z.string(), z.unknown()).transform(({ from, to, ...plan }, context) => ({
  plan: parseAs(planInput, plan, context),
  span: parseAs(previewSpan, { from, to }, context),
}));

export const previewDocs = z
  .union([simplePlan.safeExtend(span), layeredPlan.safeExtend(span)])
  .meta({ description: `At most ${limits.shiftsDays} days.` });
