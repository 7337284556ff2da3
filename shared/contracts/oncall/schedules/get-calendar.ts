import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { teamParams } from "./schedule.ts";

export const getCalendarContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/schedules/{team}/calendar.ics",
  summary: "Get a team's calendar feed",
  description: "Shifts in iCalendar format. The token in the URL authenticates the request.",
  right: null,
  params: teamParams,
  query: z.object({ token: z.string().default("") }),
  status: 200,
  response: null,
});
