import { defineContract } from "../../contract.ts";
import { teamParams } from "../schedules/schedule.ts";
import { readinessInput, readinessRuleResource } from "./readiness.ts";

export const putReadinessContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/teams/{team}/readiness",
  summary: "Set a team's readiness requirement",
  description: "Contact methods that must be verified for a person to count as ready, and drills.",
  right: "manage",
  team: "path",
  audited: "readiness",
  params: teamParams,
  body: readinessInput,
  readOnly: ["team"],
  status: 200,
  response: readinessRuleResource,
});
