import { defineContract } from "../contract.ts";
import { changeContext } from "./change-context.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const unacknowledgeIncidentContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents/{id}/unacknowledge",
  summary: "Unacknowledge an incident",
  description:
    "Opens an acknowledged or snoozed incident again and pages from the first rule. Idempotent: an open incident does not change.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: changeContext,
  status: 200,
  response: incidentResource,
  errors: { 409: "The incident is resolved" },
});
