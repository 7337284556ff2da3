import * as z from "zod";
import { faultsOf } from "../../../shared/contracts/faults.ts";
import { teamName } from "../../../shared/contracts/fields.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { AlreadyExists, type Fault } from "../../../shared/domain/errors.ts";
import { marks } from "../../../shared/http/form-tree.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { readScheduleForm, showScheduleForm } from "../../../shared/runtime/schedule-form.tsx";
import { rotas } from "../../../shared/runtime/stores.ts";
import { makeSecret } from "../../../shared/runtime/system.ts";
import { createSchedule } from "../../../shared/use-cases/oncall/schedules.ts";

const form = z.object({ op: z.string().default("preview") });
const named = z.object({ team: teamName });

export const createScheduleAction = action("create-schedule", { form }, async ({ form: { op }, ...sent }) => {
  const { fields, now, ulid } = sent;
  const form = readScheduleForm(fields, op, now);
  const name = named.safeParse(form.draft);
  const unnamed = name.success || op === "layers" ? [] : faultsOf(name.error.issues, 1);
  const faults: Fault[] = [...unnamed, ...form.faults];
  if (op === "save" && name.success && form.plan) {
    const { team } = name.data;
    try {
      await createSchedule({ rotas: rotas(), ulid, makeSecret }, team, form.plan, now);
      const text = `Created the schedule of ${apart(team)}.`;
      return { to: pageHref("team-on-call", { team }), flash: { kind: "done", text } };
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      faults.push({ path: "team", message: "has a schedule, which can be changed" });
    }
  }
  const marked = marks(op, faults);
  return {
    page: "new-schedule",
    title: "New schedule",
    status: marked ? 422 : 200,
    content: showScheduleForm({ ...form, faults }, { ...sent, team: null, base: "", marked, met: null }),
  };
});
