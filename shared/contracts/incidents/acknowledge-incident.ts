import { defineContract } from "../contract.ts";
import { changeContext } from "./change-context.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const acknowledgeIncidentContract = defineContract({
  service: "incidents",
  method: "PATCH",
  path: "/api/v1/incidents/{id}/acknowledge",
  summary: "Acknowledge an incident",
  description:
    "Idempotent. Assigns the incident to the actor, unless someone is assigned. The actor is the member of the team's schedule with this email or name, or the user with this email.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: changeContext,
  status: 200,
  response: incidentResource,
  errors: { 409: "The incident is resolved" },
});
