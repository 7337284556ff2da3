import { defineContract } from "../../contract.ts";
import { scheduleResource, teamParams } from "./schedule.ts";

export const rotateCalendarTokenContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/schedules/{team}/calendar-token",
  summary: "Rotate a team's calendar token",
  description: "The old calendar URL stops working immediately.",
  right: "manage",
  team: "path",
  audited: "schedule",
  params: teamParams,
  status: 201,
  response: scheduleResource,
  idempotent: true,
});
