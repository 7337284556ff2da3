import * as z from "zod";
import { incidentStatuses } from "../../domain/incidents/incident.ts";
import { urgencies } from "../../domain/incidents/urgency-level.ts";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery, serviceName, severityInput, teamName } from "../fields.ts";
import { incidentResource } from "./incident.ts";

export const listIncidentsContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents",
  otherMethods: ["POST"],
  summary: "List incidents",
  description: "Newest first.",
  right: "read",
  query: z.object({
    ...pageQuery,
    status: z.enum(incidentStatuses).optional(),
    severity: severityInput.optional(),
    urgency: z.enum(urgencies).optional(),
    service: serviceName.optional(),
    team: teamName.optional(),
  }),
  status: 200,
  response: z.object({ incidents: z.array(incidentResource), next_cursor: nextCursor }),
});
