import { defineContract } from "../contract.ts";
import { changeContext } from "./change-context.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const reopenIncidentContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents/{id}/reopen",
  summary: "Reopen an incident",
  description:
    "Opens an incident that was resolved at most seven days ago, and pages from the first rule. New alerts with its keys join it again. Idempotent: an unresolved incident does not change.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: changeContext,
  status: 200,
  response: incidentResource,
  errors: {
    409: "Another unresolved incident has its key, or the incident was merged or resolved more than seven days ago",
  },
});
