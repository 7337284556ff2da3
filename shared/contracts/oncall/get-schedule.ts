import * as z from "zod";
import { defineContract } from "../contract.ts";
import { teamName } from "../fields.ts";
import { scheduleResource } from "./schedule.ts";

export const getScheduleContract = defineContract({
  method: "GET",
  path: "/api/v1/schedules/{team}",
  summary: "A team's schedule",
  scope: "read",
  params: z.object({ team: teamName }),
  status: 200,
  response: scheduleResource,
});
