import * as z from "zod";
import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { deleteSchedule } from "../../../shared/use-cases/oncall/schedules.ts";

const form = z.object({ confirm: z.string().default("") });

export const deleteScheduleAction = action(
  "delete-schedule",
  { params: teamParams, form },
  async ({ params: { team }, form: { confirm }, now, back }) => {
    if (confirm.trim().toLowerCase() !== team) {
      const text = `Not deleted: ${apart(team)} has to be typed to confirm.`;
      return { to: back, flash: { kind: "trouble", text } };
    }
    await deleteSchedule({ rotas: rotas() }, team, now);
    return {
      to: pageHref("on-call"),
      flash: { kind: "done", text: `Deleted the schedule of ${apart(team)}.` },
    };
  },
);
