import * as z from "zod";
import { serviceNames } from "../../domain/health.ts";
import { defineContract } from "../contract.ts";
import { healthStatus } from "./health.ts";

export const getServiceHealthContract = defineContract({
  service: "system",
  method: "GET",
  path: "/health/{service}",
  summary: "Check the health of a service",
  right: null,
  params: z.object({ service: z.string().meta({ examples: [...serviceNames] }) }),
  status: 200,
  response: z.object({ service: z.enum(serviceNames), status: healthStatus }),
  sameBody: { 503: "Degraded: a dependency of the service does not respond" },
});
