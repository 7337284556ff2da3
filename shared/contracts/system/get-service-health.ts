import * as z from "zod";
import { defineContract } from "../contract.ts";
import { healthStatus, serviceNames } from "./health.ts";

export const getServiceHealthContract = defineContract({
  method: "GET",
  path: "/health/{service}",
  summary: "Whether one of the five services works",
  scope: null,
  params: z.object({ service: z.string() }),
  status: 200,
  response: z.object({ service: z.enum(serviceNames), status: healthStatus }),
  errors: { 503: "Degraded" },
});
