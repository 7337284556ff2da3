import * as z from "zod";
import { teamName } from "../../../contracts/fields.ts";
import { AlreadyExists, type Fault } from "../../../domain/errors.ts";
import type { createSchedule } from "../../../use-cases/oncall/schedules/create-schedule.ts";
import { faultsOf } from "../../../validation/faults.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { hasErrorsToShow } from "../../site/forms/form-tree.ts";
import { pageHref } from "../../site/routes.ts";
import type { RecentPeople, Wired } from "../../site/use-case.ts";
import { type PreviewShifts, readScheduleForm, showScheduleForm } from "../edit-schedule/form.tsx";

const form = z.object({ op: z.string().default("preview") });
const named = z.object({ team: teamName });

interface UseCases {
  readonly createSchedule: Wired<typeof createSchedule>;
  readonly previewShifts: PreviewShifts;
  readonly recentPeople: RecentPeople;
}

export const createScheduleAction = action(
  { right: "manage", team: "resource", form },
  async ({ form: { op }, ...sent }, { createSchedule, previewShifts, recentPeople }: UseCases) => {
    const { fields, now } = sent;
    const form = readScheduleForm(fields, op, now);
    const name = named.safeParse(form.draft);
    const unnamed = name.success || op === "layers" ? [] : faultsOf(name.error.issues, 1);
    const faults: Fault[] = [...unnamed, ...form.faults];
    if (op === "save" && name.success && form.plan) {
      const { team } = name.data;
      try {
        await createSchedule(team, form.plan, now);
        const flash = done(`Created the schedule of ${isolate(team)}.`);
        return { to: pageHref("team-on-call", { team }), flash };
      } catch (error) {
        if (!(error instanceof AlreadyExists)) throw error;
        faults.push({ path: "team", message: "already has a schedule. Edit that one instead" });
      }
    }
    const showErrors = hasErrorsToShow(op, faults);
    return {
      page: "new-schedule",
      title: "New schedule",
      status: showErrors ? 422 : 200,
      content: showScheduleForm(
        previewShifts,
        { ...form, faults },
        {
          ...sent,
          ...{ team: null, base: "", showErrors, conflict: null },
          people: (await recentPeople(now)).value,
        },
      ),
    };
  },
);
