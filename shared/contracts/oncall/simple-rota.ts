import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { weekdayOf, weekdays } from "../../domain/rotation.ts";
import { onCallRoles, rotationTypes, type SimpleRota } from "../../domain/schedule.ts";
import { person, teamName } from "../fields.ts";

const timezone = z
  .string()
  .max(64)
  .refine(isTimezone, "must be an IANA time zone like Europe/Berlin")
  .meta({ examples: ["UTC", "Europe/Berlin"] });

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day like 09:00");

/** Aborts: what is checked of a rota's dates needs dates that exist. */
const localDate = z.string().pipe(z.iso.date({ error: "must be a date like 2026-11-23", abort: true }));

/** A rota in which everybody takes equal turns. */
export const simpleRota = z
  .object({
    team: teamName,
    rotation_type: z.enum(rotationTypes),
    members: z
      .array(person.extend({ role: z.enum(onCallRoles) }))
      .min(1)
      .max(limits.membersPerLayer),
    timezone: timezone.default("UTC"),
    handoff_time: localTime.default("09:00"),
    handoff_day: z.enum(weekdays).optional(),
    starts_on: localDate.nullable().default(null),
  })
  .superRefine(({ members, rotation_type, handoff_day, starts_on }, context) => {
    const seen = new Set<string>();
    for (const [index, { email, role }] of members.entries()) {
      const turn = `${role} ${email}`;
      if (seen.has(turn)) {
        context.addIssue({
          code: "custom",
          path: ["members", index],
          message: `${email} is ${role} already`,
        });
      }
      seen.add(turn);
    }
    if (!members.some(({ role }) => role === "primary")) {
      context.addIssue({ code: "custom", path: ["members"], message: "must have somebody as primary" });
    }
    const begins = starts_on === null || rotation_type === "daily" ? undefined : weekdayOf(starts_on);
    if (begins && handoff_day && begins !== handoff_day) {
      context.addIssue({ code: "custom", path: ["handoff_day"], message: `${starts_on} is a ${begins}` });
    }
  });

export function rotaOf(input: z.output<typeof simpleRota>): SimpleRota {
  return {
    team: input.team,
    timezone: input.timezone,
    rotationType: input.rotation_type,
    members: input.members,
    handoffTime: input.handoff_time,
    handoffDay: input.handoff_day ?? "monday",
    startsOn: input.starts_on,
  };
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Offsets like +01:00 pass there too; they know no clock changes.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
