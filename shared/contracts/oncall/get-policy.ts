import { defineContract } from "../contract.ts";
import { policyResource } from "./policy.ts";
import { teamParams } from "./schedules/schedule.ts";

export const getPolicyContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/teams/{team}/escalation-policy",
  otherMethods: ["PUT"],
  summary: "Get a team's escalation policy",
  right: "read",
  params: teamParams,
  status: 200,
  response: policyResource,
});
