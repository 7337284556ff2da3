import { defineContract } from "../../contract.ts";
import { planPatch, planPatchDocs } from "./plan-patch.ts";
import { scheduleResource, teamParams } from "./schedule.ts";

export const updateScheduleContract = defineContract({
  service: "oncall",
  method: "PATCH",
  path: "/api/v1/schedules/{team}",
  summary: "Change parts of a team's schedule from now on; the past stays as it was",
  scope: "write",
  audited: "schedule",
  params: teamParams,
  body: planPatch,
  readOnly: ["team"],
  bodyDocs: planPatchDocs,
  status: 200,
  response: scheduleResource,
});
