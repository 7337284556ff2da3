import * as z from "zod";
import { type OnCall, type OnCallRole, rotationTypes, type Schedule } from "../../domain/schedule.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, personResource } from "../fields.ts";

export const onCallResource = z.object({
  team: z.string(),
  at: instant,
  primary: personResource.nullable(),
  secondary: personResource.nullable(),
  schedule_id: z.string(),
  rotation_type: z.enum(rotationTypes),
  shift: z.object({ start: instant, end: instant }).nullable().meta({ description: "The primary's." }),
  override: z.null(),
});

export function presentOnCall(
  schedule: Schedule,
  at: number,
  onCall: Readonly<Record<OnCallRole, OnCall | undefined>>,
): z.input<typeof onCallResource> {
  const shift = onCall.primary?.shift;
  return {
    team: schedule.team,
    at: formatInstant(at),
    primary: onCall.primary?.person ?? null,
    secondary: onCall.secondary?.person ?? null,
    schedule_id: schedule.id,
    rotation_type: schedule.rotationType,
    shift: shift ? { start: formatInstant(shift.start), end: formatInstant(shift.end) } : null,
    override: null,
  };
}
