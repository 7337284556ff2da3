import { defineContract } from "../../contract.ts";
import { teamParams } from "../../oncall/schedules/schedule.ts";
import { roleListResource } from "./role-list.ts";

export const getTeamRolesContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/teams/{team}/roles",
  otherMethods: ["PUT"],
  summary: "List roles in a team",
  description: "Platform-wide roles apply in addition.",
  right: "read",
  params: teamParams,
  status: 200,
  response: roleListResource,
});
