import * as z from "zod";
import { defineContract } from "../contract.ts";
import { incidentParams } from "./params.ts";

export const getIncidentMetricsContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/{id}/metrics",
  summary: "Get the response times and the cost of an incident",
  description: "Time to acknowledge, time to resolve, the number of pages sent, and the use of AWS.",
  right: "read",
  params: incidentParams,
  status: 200,
  response: z.object({
    mtta_seconds: z.number().nullable(),
    mttr_seconds: z.number().nullable(),
    alert_count: z.number(),
    pages: z.number().meta({ description: "Number of pages sent to people." }),
    cost: z
      .object({ write_units: z.number(), read_units: z.number(), requests: z.number(), usd: z.number() })
      .meta({
        description:
          "Estimated AWS usage so far: the measured usage of each kind of step, times the steps of this incident. Units are of DynamoDB, requests of DynamoDB and SQS. Costs are list prices, without message providers.",
      }),
  }),
});
