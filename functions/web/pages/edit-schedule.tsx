import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { page } from "../../../shared/http/site.ts";
import { baseOf, formOfSchedule, showScheduleForm } from "../../../shared/runtime/schedule-form.tsx";
import { rotas } from "../../../shared/runtime/stores.ts";
import { findSchedule } from "../../../shared/use-cases/oncall/schedules.ts";

export const editSchedulePage = page(
  "edit-schedule",
  { scope: "write", params: teamParams },
  async ({ params: { team }, ...viewing }) => {
    const schedule = await findSchedule({ rotas: rotas() }, team, viewing.now);
    const form = formOfSchedule(schedule, viewing.now);
    return {
      title: "Edit schedule",
      content: showScheduleForm(form, {
        ...viewing,
        team,
        base: baseOf(schedule),
        marked: false,
        met: null,
      }),
    };
  },
);
