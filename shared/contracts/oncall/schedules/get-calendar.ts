import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { teamParams } from "./schedule.ts";

export const getCalendarContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/schedules/{team}/calendar.ics",
  summary: "A team's shifts as a calendar to subscribe to; the token in its URL is the key",
  scope: null,
  params: teamParams,
  query: z.object({ token: z.string().default("") }),
  status: 200,
  response: null,
});
