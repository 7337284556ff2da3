import * as z from "zod";
import { dependencyNames, serviceNames } from "../../domain/health.ts";
import { defineContract } from "../contract.ts";
import { healthStatus } from "./health.ts";

const part = z.object({ status: healthStatus });

const healthResource = z
  .object({
    status: healthStatus,
    services: z.record(z.enum(serviceNames), part),
    dependencies: z.record(z.enum(dependencyNames), part),
  })
  .meta({ id: "Health" });

export const getHealthContract = defineContract({
  service: "system",
  method: "GET",
  path: "/health",
  summary: "Check the health of the platform",
  description: "Checks all services and their dependencies.",
  right: null,
  status: 200,
  response: healthResource,
  sameBody: { 503: "Degraded: a dependency of the platform does not respond" },
});
