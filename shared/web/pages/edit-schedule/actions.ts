import * as z from "zod";
import { teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import type { Schedule, SchedulePlan } from "../../../domain/oncall/schedule.ts";
import type { Person } from "../../../domain/person.ts";
import type { changeSchedule } from "../../../use-cases/oncall/schedules/change-schedule.ts";
import type { deleteSchedule } from "../../../use-cases/oncall/schedules/delete-schedule.ts";
import type { AuditStore } from "../../../use-cases/ports/audit.ts";
import { isolate } from "../../components/isolate.ts";
import { action, type FormPage } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { hasErrorsToShow } from "../../site/forms/form-tree.ts";
import { latestChange } from "../../site/forms/latest-change.ts";
import { pageHref } from "../../site/routes.ts";
import type { RecentPeople, Wired } from "../../site/use-case.ts";
import type { Viewing } from "../../site/viewer.ts";
import {
  baseOf,
  type PreviewShifts,
  readScheduleForm,
  type ScheduleForm,
  showScheduleForm,
} from "./form.tsx";
import { planLines } from "./plan-labels.ts";

const form = z.object({ op: z.string().default("preview"), base: z.string().default("") });

interface UseCases {
  readonly changeSchedule: Wired<typeof changeSchedule>;
  readonly deleteSchedule: Wired<typeof deleteSchedule>;
  readonly listChanges: AuditStore["list"];
  readonly previewShifts: PreviewShifts;
  readonly recentPeople: RecentPeople;
}

export const editScheduleAction = action(
  { right: "manage", team: "path", params: teamParams, form },
  async ({ params: { team }, form: { op, base }, ...sent }, useCases: UseCases) => {
    const { previewShifts } = useCases;
    const form = readScheduleForm(sent.fields, op, sent.now);
    const theirs =
      op === "save" && form.plan ? await save(useCases, team, form.plan, { base, now: sent.now }) : null;
    const shown = { ...sent, people: (await useCases.recentPeople(sent.now)).value };
    if (theirs === "deleted") return newScheduleForm(previewShifts, form, team, shown);
    if (op === "save" && form.plan && !theirs) {
      return {
        to: pageHref("team-on-call", { team }),
        flash: done("Saved the schedule. It is now in effect."),
      };
    }
    const showErrors = hasErrorsToShow(op, form.faults);
    return {
      page: "edit-schedule",
      title: "Edit schedule",
      status: theirs ? 409 : showErrors ? 422 : 200,
      content: showScheduleForm(previewShifts, form, {
        ...shown,
        team,
        base: theirs ? baseOf(theirs) : base,
        showErrors,
        conflict: theirs && form.plan && (await conflictOf(useCases, theirs, form.plan)),
      }),
    };
  },
);

/** Opens the submitted fields as a new schedule. */
function newScheduleForm(
  previewShifts: PreviewShifts,
  { draft, ...form }: ScheduleForm,
  team: string,
  viewing: Viewing & { readonly people: readonly Person[] },
): FormPage {
  const shown = { ...viewing, team: null, base: "", showErrors: false, conflict: null };
  return {
    page: "new-schedule",
    title: "New schedule",
    status: 409,
    flash: trouble("Not saved: someone deleted the schedule. You can create a new one from your entries."),
    content: showScheduleForm(previewShifts, { ...form, draft: { ...draft, team } }, shown),
  };
}

/**
 * @returns the current schedule if it differs from the one that the form was loaded with; nothing is saved
 *   then
 */
async function save(
  { changeSchedule }: UseCases,
  team: string,
  plan: SchedulePlan,
  { base, now }: { readonly base: string; readonly now: number },
): Promise<Schedule | "deleted" | null> {
  let theirs: Schedule | null = null;
  const change = (schedule: Schedule) => {
    if (baseOf(schedule) === base) return plan;
    theirs = schedule;
    throw new Conflict("Someone else changed the schedule in the meantime");
  };
  try {
    await changeSchedule(team, change, now);
  } catch (error) {
    if (error instanceof NotFound) return "deleted";
    if (!theirs) throw error;
  }
  return theirs;
}

async function conflictOf({ listChanges }: UseCases, theirs: Schedule, mine: SchedulePlan) {
  const { by } = await latestChange(listChanges, "schedule", theirs.team);
  return {
    by,
    at: theirs.updatedAt,
    theirs: planLines(theirs),
    mine: planLines(mine),
  };
}

export const deleteScheduleAction = action(
  { right: "manage", team: "path", params: teamParams, form: z.object({ confirm: z.string().default("") }) },
  async ({ params: { team }, form: { confirm }, now, back }, { deleteSchedule }: UseCases) => {
    if (confirm.trim().toLowerCase() !== team)
      return { to: back, flash: trouble(`Not deleted: type ${isolate(team)} to confirm.`) };
    await deleteSchedule(team, now);
    return { to: pageHref("on-call"), flash: done(`Deleted the schedule of ${isolate(team)}.`) };
  },
);
