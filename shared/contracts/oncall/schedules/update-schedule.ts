import { defineContract } from "../../contract.ts";
import { planPatch, planPatchDocs } from "./plan-patch.ts";
import { scheduleResource, teamParams } from "./schedule.ts";

export const updateScheduleContract = defineContract({
  service: "oncall",
  method: "PATCH",
  path: "/api/v1/schedules/{team}",
  summary: "Update a team's schedule",
  description: "Changes only the given fields. Applies from now on. Past shifts stay unchanged.",
  right: "manage",
  team: "path",
  audited: "schedule",
  params: teamParams,
  body: planPatch,
  readOnly: ["team"],
  bodyDocs: planPatchDocs,
  status: 200,
  response: scheduleResource,
});
