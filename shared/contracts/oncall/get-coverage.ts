import { defineContract } from "../contract.ts";
import { coverageResource } from "./coverage.ts";
import { teamParams } from "./schedules/schedule.ts";

export const getCoverageContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/teams/{team}/coverage",
  summary: "When nobody is on call in the next 30 days",
  scope: "read",
  params: teamParams,
  status: 200,
  response: coverageResource,
});
