import * as z from "zod";
import { email, id, teamName, text } from "../../../contracts/fields.ts";
import { timezone } from "../../../contracts/oncall/local.ts";
import { teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import { NotFound } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { onCallRoles } from "../../../domain/oncall/schedule.ts";
import { firstInstantOf, lastInstantOf } from "../../../domain/wall-clock.ts";
import type { createOverride, endOverride, findOverlaps } from "../../../use-cases/oncall/overrides.ts";
import type { rotateCalendarToken } from "../../../use-cases/oncall/schedules.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { localMinute } from "../../site/forms/local-minute.ts";
import { personInput } from "../../site/forms/person-input.ts";
import type { Wired } from "../../site/use-case.ts";
import { overrideText } from "./override-labels.ts";
import { takeOverHours } from "./take-over-form.tsx";

const hourMs = 3_600_000;

interface UseCases {
  readonly createOverride: Wired<typeof createOverride>;
  readonly findOverlaps: Wired<typeof findOverlaps>;
  readonly endOverride: Wired<typeof endOverride>;
  readonly rotateCalendarToken: Wired<typeof rotateCalendarToken>;
}

/** Makes a person primary from now on, for some hours. */
export const takeOverAction = action(
  {
    params: teamParams,
    form: z.object({
      person: personInput,
      hours: z.enum(takeOverHours.map(String)).transform(Number),
      timezone,
    }),
    errorsInPlace: true,
  },
  async (
    { params: { team }, form: { person, hours, timezone }, now, back },
    { createOverride, findOverlaps }: UseCases,
  ) => {
    const time = { team, role: "primary", start: now, end: now + hours * hourMs } as const;
    const overlaps = await findOverlaps(time, now);
    const override = await createOverride({ ...time, person, replaces: null, reason: null }, now, "hours");
    return { to: back, flash: overrideText(override, overlaps, { now, timezone }) };
  },
);

export const overrideOnCallAction = action(
  {
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
  async ({ params: { team }, form, now, back }, { createOverride, findOverlaps }: UseCases) => {
    const { person, role, timezone, replaces = null, reason = null } = form;
    // Includes both occurrences of a repeated hour.
    const [start, end] = [firstInstantOf(form.from, timezone), lastInstantOf(form.to, timezone)];
    const draft = { team, role, person, replaces, reason, start, end };
    const overlaps = await findOverlaps(draft, now);
    const override = await createOverride(draft, now, "to");
    return { to: back, flash: overrideText(override, overlaps, { now, timezone }) };
  },
);

export const endOverrideAction = action(
  { params: z.object({ team: teamName, id }), form: z.object({}) },
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
  { params: teamParams, form: z.object({}) },
  async ({ params: { team }, now, back }, { rotateCalendarToken }: UseCases) => {
    await rotateCalendarToken(team, now);
    const text = "Created a new calendar address. Subscribers of the old one need to subscribe again.";
    return { to: back, flash: done(text) };
  },
);
