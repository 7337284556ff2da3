import * as z from "zod";
import { defineContract } from "../contract.ts";
import { healthStatus, serviceNames } from "./health.ts";

const serviceHealth = z.object({ status: healthStatus });

export const healthResource = z.object({
  status: healthStatus,
  services: z.record(z.enum(serviceNames), serviceHealth),
  dependencies: z.object({ dynamodb: serviceHealth, sqs: serviceHealth }),
});

export const getHealthContract = defineContract({
  method: "GET",
  path: "/health",
  summary: "Whether the platform and what it stands on work",
  scope: null,
  status: 200,
  response: healthResource,
  errors: { 503: "Degraded" },
});
