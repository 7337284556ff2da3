import { defineContract } from "../../contract.ts";
import { teamParams } from "../../oncall/schedules/schedule.ts";
import { roleListResource, teamRoleListDocs, teamRoleListInput } from "./role-list.ts";

export const putTeamRolesContract = defineContract({
  service: "system",
  method: "PUT",
  path: "/api/v1/teams/{team}/roles",
  summary: "Replace roles in a team",
  description: "They apply within 30 seconds. The team may have no schedule yet.",
  right: "administer",
  audited: "roles",
  params: teamParams,
  body: teamRoleListInput,
  bodyDocs: teamRoleListDocs,
  status: 200,
  response: roleListResource,
});
