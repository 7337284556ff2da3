import { defineContract } from "../../contract.ts";
import { scheduleResource, teamParams } from "./schedule.ts";

export const deleteScheduleContract = defineContract({
  service: "oncall",
  method: "DELETE",
  path: "/api/v1/schedules/{team}",
  summary: "Delete a team's schedule",
  description: "Ends the team's overrides too.",
  right: "manage",
  team: "path",
  audited: "schedule",
  params: teamParams,
  status: 200,
  response: scheduleResource,
});
