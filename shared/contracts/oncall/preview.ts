import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { parseAs } from "../fields.ts";
import { planDocs, planInput } from "./plan.ts";
import { checkSpan, span } from "./span.ts";

const previewSpan = z.object(span).superRefine(checkSpan);

/** A schedule, and the stretch of time to look at; its team is of no importance. */
export const previewInput = z.record(z.string(), z.unknown()).transform((value, context) => ({
  plan: parseAs(planInput, value, context),
  span: parseAs(previewSpan, value, context),
}));

export const previewDocs = z
  .intersection(planDocs, z.object(span))
  .meta({ description: `At most ${limits.shiftsDays} days.` });
