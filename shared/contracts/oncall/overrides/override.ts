import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import { lastingHours } from "../../../domain/oncall/override.ts";
import { type Override, onCallRoles } from "../../../domain/oncall/schedule.ts";
import { formatInstant } from "../../../domain/time.ts";
import { email, instant, instantInput, teamName, text } from "../../fields.ts";

export const overrideInput = z
  .strictObject({
    team: teamName,
    user_name: text(1, limits.personNameLength),
    user_email: email,
    role: z.enum(onCallRoles).default("primary"),
    replaces: email
      .nullable()
      .default(null)
      .meta({ description: "Email. The override applies only while this person would be on call." }),
    reason: text(0, limits.noteLength).nullable().default(null),
    duration_hours: z.number().min(1).max(limits.overrideHours).optional(),
    starts_at: instantInput.optional(),
    ends_at: instantInput.optional(),
  })
  .superRefine(({ duration_hours, starts_at, ends_at }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (duration_hours === undefined && ends_at === undefined) {
      refuse("duration_hours", "is required, unless starts_at and ends_at are given");
    }
    if (duration_hours !== undefined && ends_at !== undefined)
      refuse("ends_at", "must not be combined with duration_hours");
    if (duration_hours === undefined && ends_at !== undefined && starts_at === undefined) {
      refuse("starts_at", "is required with ends_at");
    }
  });

/** Converts a request to an override. Default start: now. */
export function overrideOf(
  input: z.output<typeof overrideInput>,
  now: number,
): Omit<Override, "id" | "createdAt"> {
  const start = input.starts_at ?? now;
  const times = lastingHours(start, input.duration_hours ?? 0);
  return {
    team: input.team,
    role: input.role,
    person: { name: input.user_name, email: input.user_email },
    replaces: input.replaces,
    reason: input.reason,
    start,
    end: input.ends_at ?? times.end,
  };
}

export const overrideResource = z
  .object({
    id: z.string(),
    team: z.string(),
    role: z.enum(onCallRoles),
    user_name: z.string(),
    user_email: z.string(),
    replaces: z.string().nullable(),
    reason: z.string().nullable(),
    starts_at: instant,
    ends_at: instant,
    created_at: instant,
  })
  .meta({ id: "Override" });

export function presentOverride(override: Override): z.input<typeof overrideResource> {
  return {
    id: override.id,
    team: override.team,
    role: override.role,
    user_name: override.person.name,
    user_email: override.person.email,
    replaces: override.replaces,
    reason: override.reason,
    starts_at: formatInstant(override.start),
    ends_at: formatInstant(override.end),
    created_at: formatInstant(override.createdAt),
  };
}
