import { defineContract } from "../contract.ts";
import { policyInput, policyResource } from "./policy.ts";
import { teamParams } from "./schedules/schedule.ts";

export const putPolicyContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/teams/{team}/escalation-policy",
  summary: "Say how an unanswered incident of a team climbs; open ones keep the policy that they opened with",
  scope: "write",
  audited: "escalation_policy",
  params: teamParams,
  body: policyInput,
  readOnly: ["team"],
  status: 200,
  response: policyResource,
});
