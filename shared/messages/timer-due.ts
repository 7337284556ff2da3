import * as z from "zod";
import type { Timer } from "../domain/incidents/timer.ts";

const timer = { incidentId: z.string(), dueAt: z.number() };

export const timerSchema = z.discriminatedUnion("kind", [
  z.object({ ...timer, kind: z.literal("auto_resolve") }),
  z.object({ ...timer, kind: z.literal("snooze") }),
  z.object({ ...timer, kind: z.literal("acknowledgement") }),
  z.object({ ...timer, kind: z.literal("urgency") }),
  z.object({ ...timer, kind: z.literal("escalation"), level: z.number(), pass: z.number() }),
]) satisfies z.ZodType<Timer>;

/** incident-timers: a timer that is due or not due yet. */
export const timerDue = z.object({ version: z.literal(1), timer: timerSchema });
