import * as z from "zod";
import { teamName } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { newSchedule, showScheduleForm } from "../../../shared/runtime/schedule-form.tsx";

export const newSchedulePage = page(
  "new-schedule",
  { scope: "write", query: z.object({ team: teamName.optional() }) },
  async ({ query: { team = "" }, ...viewing }) => ({
    title: "New schedule",
    content: showScheduleForm(newSchedule(team, viewing.now), {
      ...viewing,
      team: null,
      base: "",
      marked: false,
      met: null,
    }),
  }),
);
