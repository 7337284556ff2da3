import * as z from "zod";
import { email, id, teamName, text } from "../../../contracts/fields.ts";
import { timezone } from "../../../contracts/oncall/local.ts";
import { teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import { NotFound } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { lastingHours } from "../../../domain/oncall/override.ts";
import { type Override, onCallRoles } from "../../../domain/oncall/schedule.ts";
import { firstInstantOf, lastInstantOf } from "../../../domain/wall-clock.ts";
import type { createOverride } from "../../../use-cases/oncall/overrides/create-override.ts";
import type { endOverride } from "../../../use-cases/oncall/overrides/end-override.ts";
import type { findOverlaps } from "../../../use-cases/oncall/overrides/find-overlaps.ts";
import type { rotateCalendarToken } from "../../../use-cases/oncall/schedules/rotate-calendar-token.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { localMinute } from "../../site/forms/local-minute.ts";
import { personInput } from "../../site/forms/person-input.ts";
import type { Wired } from "../../site/use-case.ts";
import { overrideText } from "./override-labels.ts";
import { takeOverHours } from "./take-over-form.tsx";

interface UseCases {
  readonly createOverride: Wired<typeof createOverride>;
  readonly findOverlaps: Wired<typeof findOverlaps>;
  readonly endOverride: Wired<typeof endOverride>;
  readonly rotateCalendarToken: Wired<typeof rotateCalendarToken>;
}

/** Makes a person primary from now on, for some hours. */
export const takeOverAction = action(
  {
    right: "cover",
    team: "resource",
    params: teamParams,
    form: z.object({
      person: personInput,
      hours: z.enum(takeOverHours.map(String)).transform(Number),
      timezone,
    }),
    errorsInPlace: true,
  },
  async ({ params: { team }, form: { person, hours, timezone }, now, back }, useCases: UseCases) => {
    const draft = { team, role: "primary", person, replaces: null, reason: null } as const;
    const flash = await createAndDescribe(
      { ...draft, ...lastingHours(now, hours) },
      "hours",
      { now, timezone },
      useCases,
    );
    return { to: back, flash };
  },
);

export const overrideOnCallAction = action(
  {
    right: "cover",
    team: "resource",
    params: teamParams,
    form: z.object({
      person: personInput,
      role: z.enum(onCallRoles),
      from: localMinute,
      to: localMinute,
      timezone,
      replaces: email.optional(),
      reason: text(1, limits.noteLength).optional(),
    }),
    errorsInPlace: true,
  },
  async ({ params: { team }, form, now, back }, useCases: UseCases) => {
    const { person, role, timezone, replaces = null, reason = null } = form;
    // Includes both occurrences of a repeated hour.
    const [start, end] = [firstInstantOf(form.from, timezone), lastInstantOf(form.to, timezone)];
    const draft = { team, role, person, replaces, reason, start, end };
    return { to: back, flash: await createAndDescribe(draft, "to", { now, timezone }, useCases) };
  },
);

/** Creates an override and describes it. @param endField the form's field of its end */
async function createAndDescribe(
  draft: Omit<Override, "id" | "createdAt">,
  endField: string,
  at: { readonly now: number; readonly timezone: string },
  { createOverride, findOverlaps }: UseCases,
) {
  const overlaps = await findOverlaps(draft, at.now);
  return overrideText(await createOverride(draft, at.now, endField), overlaps, at);
}

export const endOverrideAction = action(
  { right: "cover", team: "resource", params: z.object({ team: teamName, id }), form: z.object({}) },
  async ({ params, now, back }, { endOverride }: UseCases) => {
    try {
      const { person } = await endOverride(params.id, now);
      return { to: back, flash: done(`Ended the override of ${isolate(person.name)}.`) };
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return { to: back, flash: trouble("This override has already ended.") };
    }
  },
);

export const rotateCalendarAction = action(
  { right: "manage", team: "path", params: teamParams, form: z.object({}) },
  async ({ params: { team }, now, back }, { rotateCalendarToken }: UseCases) => {
    await rotateCalendarToken(team, now);
    const text = "Rotated the calendar URL. Subscribers need to subscribe again.";
    return { to: back, flash: done(text) };
  },
);
