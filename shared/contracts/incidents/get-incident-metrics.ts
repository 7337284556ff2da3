import * as z from "zod";
import { defineContract } from "../contract.ts";
import { incidentParams } from "./params.ts";

export const getIncidentMetricsContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/{id}/metrics",
  summary: "How fast an incident was answered and resolved",
  scope: "read",
  params: incidentParams,
  status: 200,
  response: z.object({
    mtta_seconds: z.number().nullable(),
    mttr_seconds: z.number().nullable(),
    alert_count: z.number(),
    pages: z.number().meta({ description: "Notifications of the kind page that were sent." }),
  }),
});
