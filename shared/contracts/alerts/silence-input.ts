/** Silences and maintenance windows in requests. */
import * as z from "zod";
import { matchEverything } from "../../domain/alerts/matcher.ts";
import type { Silence } from "../../domain/alerts/silence.ts";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { instantInput, text, weighingAtMost } from "../fields.ts";
import { timezone } from "../oncall/local.ts";
import { restrictionOf, restrictionsInput } from "../oncall/schedules/restriction.ts";
import { areMatchedSoon, matchersInput } from "./matcher-input.ts";

const longestMs = limits.silenceDays * 86_400_000;

export const silenceInput = z
  .strictObject({
    matchers: matchersInput
      .min(1)
      .refine(...weighingAtMost(limits.silenceBytes))
      .refine(
        (matchers) => matchers.length === 0 || !matchEverything(matchers),
        "must not match every alert without labels: specify a service, severity or label",
      )
      .refine(
        (matchers) => areMatchedSoon(matchers, limits.patternSteps),
        "have regular expressions that together take too long to match",
      )
      .meta({
        description:
          "All must match. At least one must not match an alert without labels: matchers that only exclude a " +
          "service or a label's value are rejected.",
      }),
    starts_at: instantInput.optional().meta({ description: "Default: now." }),
    ends_at: instantInput.optional(),
    duration_seconds: z
      .int()
      .min(1)
      .max(limits.silenceDays * 86_400)
      .optional(),
    recurring: z
      .strictObject({
        timezone: timezone.default("UTC"),
        windows: restrictionsInput(limits.windowsPerSilence, "window").min(1),
      })
      .nullable()
      .default(null)
      .meta({ description: "Active only in these windows. The end is then optional." }),
    comment: text(1, limits.commentLength).meta({ description: "Reason for the silence." }),
    created_by: text(1, limits.personNameLength).nullable().default(null),
  })
  .superRefine(({ ends_at, duration_seconds, recurring }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (ends_at !== undefined && duration_seconds !== undefined)
      refuse("ends_at", "must not be combined with duration_seconds");
    if (ends_at === undefined && duration_seconds === undefined && recurring === null)
      refuse("ends_at", "is required, unless duration_seconds or recurring is given");
  });

/**
 * Converts a request to a silence. Default start: now.
 *
 * @param caller author if the request names none
 * @throws Invalid if it ends before its start or in the past, or lasts too long
 */
export function silenceDraftOf(
  input: z.output<typeof silenceInput>,
  caller: string | null,
  now: number,
): Pick<Silence, "matchers" | "startsAt" | "endsAt" | "windows" | "createdBy" | "comment"> {
  const { matchers, starts_at: startsAt = now, duration_seconds: seconds, recurring, comment } = input;
  const endsAt = input.ends_at ?? startsAt + (seconds === undefined ? longestMs : seconds * 1_000);
  const path = input.ends_at === undefined ? "duration_seconds" : "ends_at";
  if (endsAt <= Math.max(startsAt, now))
    throw new Invalid([{ path, message: "must be after starts_at and in the future" }]);
  if (startsAt > now + longestMs)
    throw new Invalid([{ path: "starts_at", message: `must be ${limits.silenceDays} days ahead at most` }]);
  if (endsAt - startsAt > longestMs)
    throw new Invalid([{ path, message: `must not exceed ${limits.silenceDays} days` }]);
  return {
    matchers,
    startsAt,
    endsAt,
    windows: recurring && {
      timezone: recurring.timezone,
      hours: recurring.windows.map(restrictionOf),
    },
    createdBy: input.created_by ?? caller,
    comment,
  };
}
