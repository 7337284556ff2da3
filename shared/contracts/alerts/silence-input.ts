/** Silences and maintenance windows on their way in. */
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
        "must not match every alert without labels: say which service, severity or label is meant",
      )
      .refine(
        (matchers) => areMatchedSoon(matchers, limits.patternSteps),
        "repeat so much in their regular expressions that matching all of them would take too long",
      )
      .meta({
        description:
          "All of them must hold. At least one must not hold for an alert without labels: matchers that only exclude a " +
          "service or a label's value are rejected.",
      }),
    starts_at: instantInput.optional().meta({ description: "Now unless given." }),
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
      .meta({ description: "It holds in these windows only; then it may do without an end." }),
    comment: text(1, limits.commentLength).meta({ description: "Why." }),
    created_by: text(1, limits.personNameLength).nullable().default(null),
  })
  .superRefine(({ ends_at, duration_seconds, recurring }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (ends_at !== undefined && duration_seconds !== undefined)
      refuse("ends_at", "must not be given with duration_seconds");
    if (ends_at === undefined && duration_seconds === undefined && recurring === null)
      refuse("ends_at", "must be given, or duration_seconds, unless it is recurring");
  });

/**
 * The silence that is asked for; without a start it begins now.
 *
 * @param caller who is taken to be its author where it names none
 * @throws Invalid when it ends before it begins or has ended, or lasts too long
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
    throw new Invalid([{ path, message: "must let it end after starts_at, and not in the past" }]);
  if (startsAt > now + longestMs)
    throw new Invalid([{ path: "starts_at", message: `must be ${limits.silenceDays} days ahead at most` }]);
  if (endsAt - startsAt > longestMs)
    throw new Invalid([{ path, message: `must let it last ${limits.silenceDays} days at most` }]);
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
