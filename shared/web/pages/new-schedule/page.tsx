import * as z from "zod";
import { teamName } from "../../../contracts/fields.ts";
import { page } from "../../site/page.ts";
import { newSchedule, type PreviewShifts, showScheduleForm } from "../edit-schedule/form.tsx";

interface UseCases {
  readonly previewShifts: PreviewShifts;
}

export const newSchedulePage = page(
  { scope: "write", query: z.object({ team: teamName.optional() }) },
  async ({ query: { team = "" }, ...viewing }, { previewShifts }: UseCases) => ({
    title: "New schedule",
    content: showScheduleForm(previewShifts, newSchedule(team, viewing.now), {
      ...viewing,
      team: null,
      base: "",
      showErrors: false,
      conflict: null,
    }),
  }),
);
