import * as z from "zod";
import { type UrgencySetting, urgencyChoices } from "../../domain/incidents/urgency.ts";
import { restrictionSchema } from "./restriction.ts";

const choice = z.enum(urgencyChoices);

/** Urgency of services and routing rules. */
export const urgencySchema = z.union([
  choice,
  z.object({
    timezone: z.string(),
    hours: z.array(restrictionSchema).readonly(),
    inside: choice,
    outside: choice,
    raise: z.boolean(),
  }),
]) satisfies z.ZodType<UrgencySetting>;
