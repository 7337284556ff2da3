import * as z from "zod";
import { email, text } from "../../../shared/contracts/fields.ts";
import { timezone } from "../../../shared/contracts/oncall/local.ts";
import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { localMinute } from "../../../shared/contracts/web/local-minute.ts";
import { personInput } from "../../../shared/contracts/web/person-input.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { onCallRoles } from "../../../shared/domain/oncall/schedule.ts";
import { firstInstantOf, lastInstantOf } from "../../../shared/domain/wall-clock.ts";
import { action } from "../../../shared/http/site.ts";
import { overrideWords } from "../../../shared/pages/override-words.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { createOverride, findOverlaps } from "../../../shared/use-cases/oncall/overrides.ts";

const form = z.object({
  person: personInput,
  role: z.enum(onCallRoles),
  from: localMinute,
  to: localMinute,
  timezone,
  replaces: email.optional(),
  reason: text(1, limits.noteLength).optional(),
});

export const overrideOnCallAction = action(
  "override-on-call",
  { params: teamParams, form, faultsInPlace: true },
  async ({ params: { team }, form, now, ulid, back }) => {
    const { person, role, timezone, replaces = null, reason = null } = form;
    // Of an hour that comes twice, all of it.
    const [start, end] = [firstInstantOf(form.from, timezone), lastInstantOf(form.to, timezone)];
    const draft = { team, role, person, replaces, reason, start, end };
    const overlaps = await findOverlaps({ rotas: rotas() }, draft, now);
    const override = await createOverride({ rotas: rotas(), ulid }, draft, now, "to");
    return { to: back, flash: overrideWords(override, overlaps, { now, timezone }) };
  },
);
