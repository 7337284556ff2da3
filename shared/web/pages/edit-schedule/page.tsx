import { teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import type { findSchedule } from "../../../use-cases/oncall/schedules/find-schedule.ts";
import { page } from "../../site/page.ts";
import type { RecentPeople, Wired } from "../../site/use-case.ts";
import { baseOf, formOfSchedule, type PreviewShifts, showScheduleForm } from "./form.tsx";

interface UseCases {
  readonly findSchedule: Wired<typeof findSchedule>;
  readonly previewShifts: PreviewShifts;
  readonly recentPeople: RecentPeople;
}

export const editSchedulePage = page(
  { right: "manage", params: teamParams },
  async ({ params: { team }, ...viewing }, { findSchedule, previewShifts, recentPeople }: UseCases) => {
    const schedule = await findSchedule(team, viewing.now);
    const form = formOfSchedule(schedule, viewing.now);
    return {
      title: "Edit schedule",
      content: showScheduleForm(previewShifts, form, {
        ...viewing,
        team,
        base: baseOf(schedule),
        showErrors: false,
        conflict: null,
        people: (await recentPeople(viewing.now)).value,
      }),
    };
  },
);
