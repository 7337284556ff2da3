import * as z from "zod";
import type { Restriction } from "../../domain/oncall/restriction.ts";
import { weekdays } from "../../domain/wall-clock.ts";

/** Hours of a layer, and of a repeating silence. */
export const restrictionSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("daily"), start: z.string(), end: z.string() }),
  z.object({
    type: z.literal("weekly"),
    startDay: z.enum(weekdays),
    start: z.string(),
    endDay: z.enum(weekdays),
    end: z.string(),
  }),
]) satisfies z.ZodType<Restriction>;
