import * as z from "zod";
import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { Conflict, NotFound } from "../../../shared/domain/errors.ts";
import type { Schedule, SchedulePlan } from "../../../shared/domain/oncall/schedule.ts";
import { marks } from "../../../shared/http/form-tree.ts";
import { action, type Drawn } from "../../../shared/http/site.ts";
import { planWords } from "../../../shared/pages/plan-words.ts";
import type { Viewing } from "../../../shared/pages/viewer.ts";
import {
  baseOf,
  readScheduleForm,
  type ScheduleForm,
  showScheduleForm,
} from "../../../shared/runtime/schedule-form.tsx";
import { audit, rotas } from "../../../shared/runtime/stores.ts";
import { changeSchedule } from "../../../shared/use-cases/oncall/schedules.ts";

const form = z.object({ op: z.string().default("preview"), base: z.string().default("") });

export const editScheduleAction = action(
  "edit-schedule",
  { params: teamParams, form },
  async ({ params: { team }, form: { op, base }, ...sent }) => {
    const form = readScheduleForm(sent.fields, op, sent.now);
    const theirs = op === "save" && form.plan ? await save(team, form.plan, base, sent.now) : null;
    if (theirs === "deleted") return anew(form, team, sent);
    if (op === "save" && form.plan && !theirs) {
      return {
        to: pageHref("team-on-call", { team }),
        flash: { kind: "done", text: "Saved the schedule. It is in force." },
      };
    }
    const marked = marks(op, form.faults);
    return {
      page: "edit-schedule",
      title: "Edit schedule",
      status: theirs ? 409 : marked ? 422 : 200,
      content: showScheduleForm(form, {
        ...sent,
        team,
        base: theirs ? baseOf(theirs) : base,
        marked,
        met: theirs && form.plan && (await meeting(theirs, form.plan)),
      }),
    };
  },
);

/** What was typed makes a new schedule, if somebody wants that. */
function anew({ draft, ...form }: ScheduleForm, team: string, viewing: Viewing): Drawn {
  const shown = { ...viewing, team: null, base: "", marked: false, met: null };
  return {
    page: "new-schedule",
    title: "New schedule",
    status: 409,
    flash: {
      kind: "trouble",
      text: "Not saved: somebody has deleted the schedule. What you typed can make a new one.",
    },
    content: showScheduleForm({ ...form, draft: { ...draft, team } }, shown),
  };
}

/** @returns the schedule in force, if it is another than the form began with: then nothing is saved */
async function save(
  team: string,
  plan: SchedulePlan,
  base: string,
  now: number,
): Promise<Schedule | "deleted" | null> {
  let theirs: Schedule | null = null;
  const change = (schedule: Schedule) => {
    if (baseOf(schedule) === base) return plan;
    theirs = schedule;
    throw new Conflict("Somebody else changed it meanwhile");
  };
  try {
    await changeSchedule({ rotas: rotas() }, team, change, now);
  } catch (error) {
    if (error instanceof NotFound) return "deleted";
    if (!theirs) throw error;
  }
  return theirs;
}

async function meeting(theirs: Schedule, mine: SchedulePlan) {
  const resource = { kind: "schedule", id: theirs.team } as const;
  const { items } = await audit().list({ resource }, { limit: 1, after: null });
  return {
    by: items[0]?.actor ?? null,
    at: theirs.updatedAt,
    theirs: planWords(theirs),
    mine: planWords(mine),
  };
}
