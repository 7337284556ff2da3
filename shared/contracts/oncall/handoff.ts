import * as z from "zod";
import type { Handoff } from "../../domain/oncall/coverage.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";

export const weeks = z
  .string()
  .regex(/^([1-9]|[1-4]\d|5[0-2])$/, "must be a number from 1 to 52")
  .default("8")
  .transform(Number);

export const handoffResource = z.object({
  at: instant,
  role: z.enum(onCallRoles),
  from: z.string().nullable(),
  to: z.string().nullable(),
  moved_by_clock_change: z.boolean(),
});

export function presentHandoff(handoff: Handoff): z.input<typeof handoffResource> {
  return {
    at: formatInstant(handoff.at),
    role: handoff.role,
    from: handoff.from,
    to: handoff.to,
    moved_by_clock_change: handoff.movedByClockChange,
  };
}
