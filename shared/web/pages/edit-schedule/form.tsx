/** Form of the schedule editor: entered values, faults and preview. */

import { planInput, planOf } from "../../../contracts/oncall/schedules/plan.ts";
import { warningsOf } from "../../../contracts/oncall/schedules/plan-warnings.ts";
import type { Fault } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { Schedule, SchedulePlan } from "../../../domain/oncall/schedule.ts";
import { dayMs } from "../../../domain/time-units.ts";
import { formatDate } from "../../../domain/wall-clock.ts";
import type { shiftsOfPlan } from "../../../use-cases/oncall/read-on-call.ts";
import { faultsOf } from "../../../validation/faults.ts";
import type { FormFields } from "../../site/forms/form.ts";
import { type Blanks, editRows, treeOf } from "../../site/forms/form-tree.ts";
import { personFaults } from "../../site/forms/person-input.ts";
import { draftOfPlan, planBodyOf, type ScheduleDraft, scheduleDraft } from "./draft.ts";
import type { PlanPreview } from "./plan-preview.tsx";
import { type ScheduleEditorProps, ScheduleEditorView } from "./view.tsx";

const previewDays = 28;

/** A draft, and the resulting plan if it is valid. */
export interface ScheduleForm {
  readonly draft: ScheduleDraft;
  readonly plan: SchedulePlan | null;
  readonly faults: readonly Fault[];
  /** ID of the element to focus. */
  readonly focus: string | null;
}

/** Returns the form for a new schedule. */
export function newSchedule(team: string, now: number): ScheduleForm {
  return formOf(scheduleDraft.parse({ team, handoff_day: "monday", members: [{}] }), null, now);
}

/** Returns the form for an existing schedule. */
export function formOfSchedule(schedule: Schedule, now: number): ScheduleForm {
  return formOf(draftOfPlan(schedule.team, schedule), null, now);
}

/** Reads the submitted form and applies the pressed button to its rows. */
export function readScheduleForm(fields: FormFields, operation: string, now: number): ScheduleForm {
  const tree = treeOf(fields);
  const edited = editRows(tree, operation, blanksAt(now));
  const form = formOf(scheduleDraft.parse(edited?.tree ?? tree), edited?.focus ?? null, now);
  if (operation !== "layers" || !form.plan) return form;
  const draft = draftOfPlan(form.draft.team, { ...form.plan, rotationType: "custom" });
  return formOf(draft, "layers.0.name", now);
}

function blanksAt(now: number): Blanks {
  const rotation = { starts_on: formatDate(now) };
  return {
    members: { row: {}, first: "person" },
    layers: { row: { rotation, members: [{}] }, first: "name" },
    restrictions: { row: {}, first: "type" },
  };
}

function formOf(draft: ScheduleDraft, focus: string | null, now: number): ScheduleForm {
  const parsed = planInput.safeParse(planBodyOf(draft));
  return parsed.success
    ? { draft, focus, plan: planOf(parsed.data, now), faults: [] }
    : {
        draft,
        focus,
        plan: null,
        faults: personFaults(faultsOf(parsed.error.issues, limits.faultsPerReply), "members"),
      };
}

type Shown = Omit<ScheduleEditorProps, "draft" | "faults" | "focus" | "preview">;

/** Returns the shifts of a plan. */
export type PreviewShifts = typeof shiftsOfPlan;

export function showScheduleForm(
  previewShifts: PreviewShifts,
  { plan, ...form }: ScheduleForm,
  shown: Shown,
) {
  const preview = plan && previewOf(previewShifts, plan, shown.now);
  return <ScheduleEditorView {...shown} {...form} preview={preview} />;
}

function previewOf(previewShifts: PreviewShifts, plan: SchedulePlan, from: number): PlanPreview {
  const to = from + previewDays * dayMs;
  return { plan, from, to, warnings: warningsOf(plan), shifts: previewShifts(plan, from, to) };
}

/** Returns the version of the schedule that a form is based on. */
export function baseOf({ id, version }: Schedule): string {
  return `${id}.${version}`;
}
