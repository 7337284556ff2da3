import * as z from "zod";
import { defineContract } from "../contract.ts";
import { incidentParams } from "./params.ts";

export const getIncidentMetricsContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/{id}/metrics",
  summary: "Get the response times of an incident",
  description: "Time to acknowledge, time to resolve, and the number of pages sent.",
  scope: "read",
  params: incidentParams,
  status: 200,
  response: z.object({
    mtta_seconds: z.number().nullable(),
    mttr_seconds: z.number().nullable(),
    alert_count: z.number(),
    pages: z.number().meta({ description: "Number of pages sent to people." }),
  }),
});
