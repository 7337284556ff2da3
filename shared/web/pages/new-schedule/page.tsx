import * as z from "zod";
import { teamName } from "../../../contracts/fields.ts";
import { page } from "../../site/page.ts";
import type { RecentPeople } from "../../site/use-case.ts";
import { newSchedule, type PreviewShifts, showScheduleForm } from "../edit-schedule/form.tsx";

interface UseCases {
  readonly previewShifts: PreviewShifts;
  readonly recentPeople: RecentPeople;
}

export const newSchedulePage = page(
  { right: "manage", query: z.object({ team: teamName.optional() }) },
  async ({ query: { team = "" }, ...viewing }, { previewShifts, recentPeople }: UseCases) => ({
    title: "New schedule",
    content: showScheduleForm(previewShifts, newSchedule(team, viewing.now), {
      ...viewing,
      team: null,
      base: "",
      showErrors: false,
      conflict: null,
      people: (await recentPeople(viewing.now)).value,
    }),
  }),
);
