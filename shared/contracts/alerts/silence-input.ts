/** Silences and maintenance windows in requests. */
import * as z from "zod";
import { matchEverything } from "../../domain/alerts/matcher.ts";
import type { Silence } from "../../domain/alerts/silence.ts";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { dayMs, minuteMs } from "../../domain/time-units.ts";
import { instantInput, text, weighingAtMost } from "../fields.ts";
import { timezone } from "../oncall/local.ts";
import { restrictionOf, restrictionsInput } from "../oncall/schedules/restriction.ts";
import { checkPatterns, matchersInput } from "./matcher-input.ts";

const longestMs = limits.silenceDays * dayMs;

const silenceMatchers = matchersInput
  .min(1)
  .refine(...weighingAtMost(limits.silenceBytes))
  .superRefine((matchers, context) =>
    checkPatterns(
      matchers.map((matcher, index) => ({ matcher, path: [index] })),
      { length: limits.silenceBytes, steps: limits.patternSteps },
      context,
    ),
  )
  .refine(
    (matchers) => matchers.length === 0 || !matchEverything(matchers),
    "must not match every alert without labels: specify a service, severity or label",
  )
  .meta({
    description:
      "All must match. At least one must not match an alert without labels: matchers that only exclude a " +
      "service or a label's value are rejected.",
  });

export const silenceDuration = z
  .int()
  .min(1)
  .max(limits.silenceDays * 86_400);

const recurring = z
  .strictObject({
    timezone: timezone.default("UTC"),
    windows: restrictionsInput(limits.windowsPerSilence, "window").min(1),
  })
  .nullable();

const comment = text(1, limits.commentLength)
  .refine((value) => value.trim() !== "", "must not be blank")
  .meta({ description: "Reason for the silence." });

interface TwoEnds {
  readonly ends_at?: number | undefined;
  readonly duration_seconds?: number | undefined;
}

const hasTwoEnds = ({ ends_at, duration_seconds }: TwoEnds) =>
  ends_at !== undefined && duration_seconds !== undefined;
const twoEnds = { path: ["ends_at"], error: "must not be combined with duration_seconds" };

const hasEnd = ({ ends_at, duration_seconds, recurring }: TwoEnds & { readonly recurring: unknown }) =>
  ends_at !== undefined || duration_seconds !== undefined || recurring !== null;
const noEnd = { path: ["ends_at"], error: "is required, unless duration_seconds or recurring is given" };

/** Fields that determine the alerts of a silence and its times. */
const scope = {
  matchers: silenceMatchers,
  starts_at: instantInput.optional().meta({ description: "Default: now." }),
  ends_at: instantInput.optional(),
  duration_seconds: silenceDuration.optional(),
  recurring: recurring
    .default(null)
    .meta({ description: "Active only in these windows. The end is then optional." }),
};

export const silenceInput = z
  .strictObject({
    ...scope,
    comment,
    created_by: text(1, limits.personNameLength).nullable().default(null),
  })
  .refine((input) => !hasTwoEnds(input), twoEnds)
  .refine(hasEnd, noEnd);

/** A silence to preview, whose comment may be missing yet. */
export const silencePreviewInput = z
  .strictObject({
    ...scope,
    comment: comment.optional(),
    created_by: text(1, limits.personNameLength).nullable().optional(),
  })
  .refine((input) => !hasTwoEnds(input), twoEnds)
  .refine(hasEnd, noEnd);

/** Changes of a silence. Absent fields stay as they are. */
export const silencePatch = z
  .strictObject({
    matchers: silenceMatchers.optional(),
    starts_at: instantInput
      .optional()
      .meta({ description: "Only before it starts. A time up to a minute ago starts it now." }),
    ends_at: instantInput.optional(),
    duration_seconds: silenceDuration
      .optional()
      .meta({ description: "New end, from now on, or from its start if that is later." }),
    recurring: recurring.optional(),
    comment: comment.optional(),
  })
  .refine((input) => !hasTwoEnds(input), twoEnds);

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
  return { ...silenceScopeOf(input, now), createdBy: input.created_by ?? caller, comment: input.comment };
}

/** Returns which alerts a silence matches, and when. @throws Invalid as `silenceDraftOf` */
export function silenceScopeOf(
  input: Pick<z.output<typeof silenceInput>, keyof typeof scope>,
  now: number,
): Pick<Silence, "matchers" | "startsAt" | "endsAt" | "windows"> {
  const { matchers, starts_at: startsAt = now, duration_seconds: seconds } = input;
  const endsAt = input.ends_at ?? startsAt + (seconds === undefined ? longestMs : seconds * 1_000);
  assertRange({ startsAt, endsAt }, endField(input), now);
  return { matchers, startsAt, endsAt, windows: windowsOf(input.recurring) };
}

/**
 * Applies a change to a silence.
 *
 * @throws Invalid if the result ends before its start or in the past, lasts too long, starts at another time although
 *   it has started, or would have started in the past
 */
export function changedSilence(known: Silence, patch: z.output<typeof silencePatch>, now: number): Silence {
  const { matchers = known.matchers, comment = known.comment } = patch;
  const startsAt = changedStart(known, patch.starts_at, now);
  const { duration_seconds: seconds } = patch;
  const endsAt =
    patch.ends_at ?? (seconds === undefined ? known.endsAt : Math.max(startsAt, now) + seconds * 1_000);
  const windows = patch.recurring === undefined ? known.windows : windowsOf(patch.recurring);
  const hasNewEnd = patch.ends_at !== undefined || patch.duration_seconds !== undefined;
  // The end of a recurring silence may be its default, years ahead.
  if (known.windows !== null && windows === null && !hasNewEnd)
    throw new Invalid([{ path: "ends_at", message: "is required if the silence no longer recurs" }]);
  const path = !hasNewEnd && patch.starts_at !== undefined ? "starts_at" : endField(patch);
  assertRange({ startsAt: Math.max(startsAt, now), endsAt }, path, now);
  return { ...known, matchers, startsAt, endsAt, windows, comment };
}

function changedStart({ startsAt }: Silence, wanted: number | undefined, now: number): number {
  if (wanted === undefined || wanted === startsAt) return startsAt;
  if (startsAt <= now)
    throw new Invalid([{ path: "starts_at", message: "must not change after the silence has started" }]);
  // It cannot have suppressed alerts earlier.
  if (wanted < now - transitMs)
    throw new Invalid([{ path: "starts_at", message: "must not be in the past" }]);
  return Math.max(wanted, now);
}

/** Age of a start time that still means now: the request was under way, or clocks differ. */
const transitMs = minuteMs;

const endField = ({ ends_at }: TwoEnds) => (ends_at === undefined ? "duration_seconds" : "ends_at");

function windowsOf(input: z.output<typeof recurring>): Silence["windows"] {
  return input && { timezone: input.timezone, hours: input.windows.map(restrictionOf) };
}

function assertRange(
  { startsAt, endsAt }: Pick<Silence, "startsAt" | "endsAt">,
  path: string,
  now: number,
): void {
  if (endsAt <= Math.max(startsAt, now))
    throw new Invalid([{ path, message: "must be after starts_at and in the future" }]);
  if (startsAt > now + longestMs)
    throw new Invalid([{ path: "starts_at", message: `must be ${limits.silenceDays} days ahead at most` }]);
  if (endsAt - startsAt > longestMs)
    throw new Invalid([{ path, message: `must not exceed ${limits.silenceDays} days` }]);
}
