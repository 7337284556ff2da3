import * as z from "zod";
import { timezone } from "../../../shared/contracts/oncall/local.ts";
import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { personInput } from "../../../shared/contracts/web/person-input.ts";
import { action } from "../../../shared/http/site.ts";
import { overrideWords } from "../../../shared/pages/override-words.ts";
import { takeOverHours } from "../../../shared/pages/take-over-form.tsx";
import { rotas } from "../../../shared/runtime/stores.ts";
import { createOverride, findOverlaps } from "../../../shared/use-cases/oncall/overrides.ts";

const hourMs = 3_600_000;
const form = z.object({
  person: personInput,
  hours: z.enum(takeOverHours.map(String)).transform(Number),
  timezone,
});

/** Whoever is primary in the next hours, somebody else is now. */
export const takeOverAction = action(
  "take-over",
  { params: teamParams, form, faultsInPlace: true },
  async ({ params: { team }, form: { person, hours, timezone }, now, ulid, back }) => {
    const span = { team, role: "primary", start: now, end: now + hours * hourMs } as const;
    const overlaps = await findOverlaps({ rotas: rotas() }, span, now);
    const draft = { ...span, person, replaces: null, reason: null };
    const override = await createOverride({ rotas: rotas(), ulid }, draft, now, "hours");
    return { to: back, flash: overrideWords(override, overlaps, { now, timezone }) };
  },
);
