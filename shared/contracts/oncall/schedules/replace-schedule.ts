import { defineContract } from "../../contract.ts";
import { planDocs, planInput } from "./plan.ts";
import { scheduleReadOnly, scheduleResource, teamParams } from "./schedule.ts";

export const replaceScheduleContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/schedules/{team}",
  summary: "Replace a team's schedule",
  description: "Applies from now on. Past shifts stay unchanged.",
  right: "manage",
  team: "path",
  audited: "schedule",
  params: teamParams,
  body: planInput,
  readOnly: scheduleReadOnly,
  bodyDocs: planDocs,
  status: 200,
  response: scheduleResource,
});
