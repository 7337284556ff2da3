import { defineContract } from "../contract.ts";
import { changeContext } from "./change-context.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const resolveIncidentContract = defineContract({
  service: "incidents",
  method: "PATCH",
  path: "/api/v1/incidents/{id}/resolve",
  summary: "Resolve an incident",
  description: "Idempotent.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: changeContext,
  status: 200,
  response: incidentResource,
});
