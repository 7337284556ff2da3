import * as z from "zod";
import { type Rotation, rotationUnits } from "../../../domain/oncall/rotation.ts";
import {
  type Layer,
  onCallRoles,
  rotationTypes,
  type Schedule,
  type SchedulePlan,
} from "../../../domain/oncall/schedule.ts";
import { formatInstant } from "../../../domain/time.ts";
import { wallClock, weekdayOf, weekdays } from "../../../domain/wall-clock.ts";
import { instant, personResource, teamName } from "../../fields.ts";
import { presentRestriction, restrictionResource } from "./restriction.ts";

export const teamParams = z.object({ team: teamName });

const simpleForm = z.object({
  members: z.array(personResource.extend({ role: z.enum(onCallRoles) })),
  handoff_time: z.string(),
  handoff_day: z.enum(weekdays).optional(),
  starts_on: z.string(),
});

export const scheduleResource = z
  .object({
    id: z.string(),
    team: z.string(),
    timezone: z.string(),
    rotation_type: z.enum(rotationTypes).meta({
      description:
        "custom: layers only. Otherwise the simple form is returned with the layers derived from it.",
    }),
    ...simpleForm.partial().shape,
    layers: z.array(
      z.object({
        name: z.string(),
        role: z.enum(onCallRoles),
        rotation: z.object({
          unit: z.enum(rotationUnits),
          length: z.number(),
          handoff_time: z.string(),
          handoff_day: z.enum(weekdays).optional().meta({ description: "For weekly rotations." }),
          starts_on: z.string(),
        }),
        members: z.array(personResource),
        restrictions: z.array(restrictionResource),
      }),
    ),
    handoff_notices: z.boolean(),
    calendar_url: z.string().meta({
      format: "uri",
      description: "Calendar feed of the shifts. Its token grants access, so keep it secret.",
    }),
    webcal_url: z
      .string()
      .meta({ format: "uri", description: "The same feed as a link that opens calendar apps." }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Schedule" });

/** Response fields that are not part of the plan. */
export const scheduleReadOnly = [
  "id",
  "team",
  "calendar_url",
  "webcal_url",
  "created_at",
  "updated_at",
] as const;

type ScheduleResource = z.input<typeof scheduleResource>;

/** @param baseUrl public URL of the platform, without a trailing slash */
export function presentSchedule(schedule: Schedule, baseUrl: string): ScheduleResource {
  const { id, team, calendarToken, createdAt, updatedAt } = schedule;
  const path = `/api/v1/schedules/${encodeURIComponent(team)}/calendar.ics`;
  const calendarUrl = `${baseUrl}${path}?token=${encodeURIComponent(calendarToken)}`;
  return {
    id,
    team,
    ...presentPlan(schedule),
    calendar_url: calendarUrl,
    webcal_url: calendarUrl.replace(/^https?:/, "webcal:"),
    created_at: formatInstant(createdAt),
    updated_at: formatInstant(updatedAt),
  };
}

/** Presents a plan in request form, or in both forms if it has both. */
export function presentPlan(
  plan: SchedulePlan,
): Pick<ScheduleResource, "timezone" | "rotation_type" | "layers" | "handoff_notices"> &
  Partial<z.input<typeof simpleForm>> {
  return {
    timezone: plan.timezone,
    rotation_type: plan.rotationType,
    handoff_notices: plan.handoffNotices,
    ...(plan.rotationType !== "custom" && presentSimpleForm(plan.layers)),
    layers: plan.layers.map(({ name, role, rotation, members, restrictions }) => ({
      name,
      role,
      rotation: { unit: rotation.unit, length: rotation.length, ...presentHandoff(rotation) },
      members: [...members],
      restrictions: restrictions.map(presentRestriction),
    })),
  };
}

function presentSimpleForm(layers: readonly Layer[]): Partial<z.input<typeof simpleForm>> {
  const [first] = layers;
  return {
    members: layers.flatMap(({ role, members }) => members.map((member) => ({ ...member, role }))),
    ...(first && presentHandoff(first.rotation)),
  };
}

function presentHandoff({ unit, handoffTime, startsOn }: Rotation) {
  return {
    handoff_time: handoffTime,
    ...(unit === "week" && { handoff_day: weekdayOf(wallClock(`${startsOn}T00:00`)) }),
    starts_on: startsOn,
  };
}
