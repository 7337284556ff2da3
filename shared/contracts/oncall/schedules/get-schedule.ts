import { defineContract } from "../../contract.ts";
import { scheduleResource, teamParams } from "./schedule.ts";

export const getScheduleContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/schedules/{team}",
  otherMethods: ["PUT", "PATCH", "DELETE"],
  summary: "Get a team's schedule",
  right: "read",
  params: teamParams,
  status: 200,
  response: scheduleResource,
});
