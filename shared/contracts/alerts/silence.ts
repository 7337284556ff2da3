import * as z from "zod";
import { inForceUntil, type Silence, silenceState, silenceStates } from "../../domain/alerts/silence.ts";
import { formatInstant } from "../../domain/time.ts";
import { id, instant, instantOrNull } from "../fields.ts";
import { presentRestriction, restrictionResource } from "../oncall/schedules/restriction.ts";
import { matcherResource } from "./matcher.ts";

export const silenceParams = z.object({ id });

/** For the contracts of a silence: the gateway routes other methods of these paths to them. */
export const otherSilencePaths = { "/api/v1/silences/preview": ["POST"] } as const;

export const silenceResource = z
  .object({
    id: z.string(),
    matchers: z.array(matcherResource),
    starts_at: instant,
    ends_at: instant,
    recurring: z.object({ timezone: z.string(), windows: z.array(restrictionResource) }).nullable(),
    state: z.enum(silenceStates).meta({ description: "Pending between its windows." }),
    active_until: instant
      .nullable()
      .meta({ description: "End of the current activity; null unless it is active." }),
    comment: z.string(),
    created_by: z.string().nullable(),
    created_at: instant,
  })
  .meta({ id: "Silence" });

export function presentSilence(silence: Silence, now: number): z.input<typeof silenceResource> {
  const { windows } = silence;
  return {
    id: silence.id,
    matchers: silence.matchers.map((each) => ({ ...each })),
    starts_at: formatInstant(silence.startsAt),
    ends_at: formatInstant(silence.endsAt),
    recurring: windows && { timezone: windows.timezone, windows: windows.hours.map(presentRestriction) },
    state: silenceState(silence, now),
    active_until: instantOrNull(inForceUntil(silence, now)),
    comment: silence.comment,
    created_by: silence.createdBy,
    created_at: formatInstant(silence.createdAt),
  };
}
