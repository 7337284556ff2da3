import * as z from "zod";
import { defineContract } from "../contract.ts";
import { handoffResource, weeks } from "./handoff.ts";
import { teamParams } from "./schedules/schedule.ts";

export const listHandoffsContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/teams/{team}/handoffs",
  summary: "List a team's upcoming handoffs",
  description: "Marks handoffs whose UTC time changes because of a clock change.",
  right: "read",
  params: teamParams,
  query: z.object({ weeks }),
  status: 200,
  response: z.object({ team: z.string(), timezone: z.string(), handoffs: z.array(handoffResource) }),
});
