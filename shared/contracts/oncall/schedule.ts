import * as z from "zod";
import { rotationUnits } from "../../domain/rotation.ts";
import { onCallRoles, rotationTypes, type Schedule } from "../../domain/schedule.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, personResource } from "../fields.ts";

export const scheduleResource = z
  .object({
    id: z.string(),
    team: z.string(),
    timezone: z.string(),
    rotation_type: z.enum(rotationTypes),
    layers: z.array(
      z.object({
        name: z.string(),
        role: z.enum(onCallRoles),
        rotation: z.object({
          unit: z.enum(rotationUnits),
          length: z.number(),
          handoff_time: z.string(),
          starts_on: z.string(),
        }),
        members: z.array(personResource),
      }),
    ),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Schedule" });

export function presentSchedule(schedule: Schedule): z.input<typeof scheduleResource> {
  return {
    id: schedule.id,
    team: schedule.team,
    timezone: schedule.timezone,
    rotation_type: schedule.rotationType,
    layers: schedule.layers.map(({ name, role, rotation, members }) => ({
      name,
      role,
      rotation: {
        unit: rotation.unit,
        length: rotation.length,
        handoff_time: rotation.handoffTime,
        starts_on: rotation.startsOn,
      },
      members: [...members],
    })),
    created_at: formatInstant(schedule.createdAt),
    updated_at: formatInstant(schedule.updatedAt),
  };
}
