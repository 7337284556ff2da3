import * as z from "zod";
import { defineContract } from "../contract.ts";
import { incidentFilter, nextCursor, pageQuery, teamName } from "../fields.ts";
import { escalationResource } from "./escalation.ts";

export const listEscalationsContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/escalations",
  summary: "List escalations",
  description: "Newest first.",
  right: "read",
  query: z.object({
    ...pageQuery,
    team: teamName.optional(),
    incident_id: incidentFilter,
  }),
  status: 200,
  response: z.object({ escalations: z.array(escalationResource), next_cursor: nextCursor }),
});
