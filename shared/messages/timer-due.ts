import * as z from "zod";
import type { Timer } from "../domain/timer.ts";

export const timerSchema = z.object({
  kind: z.literal("auto_resolve"),
  incidentId: z.string(),
  dueAt: z.number(),
}) satisfies z.ZodType<Timer>;

/** incident-timers: a timer that is due, or a hop on the way to it. */
export const timerDue = z.object({ version: z.literal(1), timer: timerSchema });
