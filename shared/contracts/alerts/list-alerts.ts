import * as z from "zod";
import { alertOutcomes } from "../../domain/alerts/alert.ts";
import { defineContract } from "../contract.ts";
import { incidentFilter, nextCursor, pageQuery, serviceName, severityInput } from "../fields.ts";
import { alertResource } from "./alert.ts";

export const listAlertsContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/alerts",
  otherMethods: ["POST"],
  summary: "List alerts",
  description: "Newest first.",
  right: "read",
  query: z.object({
    ...pageQuery,
    service: serviceName.optional(),
    severity: severityInput.optional(),
    incident_id: incidentFilter,
    outcome: z.enum(alertOutcomes).optional(),
  }),
  status: 200,
  response: z.object({ alerts: z.array(alertResource), next_cursor: nextCursor }),
});
