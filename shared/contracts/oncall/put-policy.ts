import { defineContract } from "../contract.ts";
import { policyInput, policyResource } from "./policy.ts";
import { teamParams } from "./schedules/schedule.ts";

export const putPolicyContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/teams/{team}/escalation-policy",
  summary: "Set a team's escalation policy",
  description: "Open incidents keep the policy that was in effect when they opened.",
  right: "manage",
  team: "path",
  audited: "escalation_policy",
  params: teamParams,
  body: policyInput,
  readOnly: ["team"],
  status: 200,
  response: policyResource,
});
