import { defineContract } from "../contract.ts";
import { coverageResource } from "./coverage.ts";
import { teamParams } from "./schedules/schedule.ts";

export const getCoverageContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/teams/{team}/coverage",
  summary: "Get a team's coverage gaps",
  description: "Times in the next 30 days when no one is on call.",
  right: "read",
  params: teamParams,
  status: 200,
  response: coverageResource,
});
