import * as z from "zod";
import { serviceNames } from "../../domain/health.ts";
import { defineContract } from "../contract.ts";
import { healthStatus } from "./health.ts";

export const getServiceHealthContract = defineContract({
  service: "system",
  method: "GET",
  path: "/health/{service}",
  summary: "Whether one of the five services works",
  scope: null,
  params: z.object({ service: z.string().meta({ examples: [...serviceNames] }) }),
  status: 200,
  response: z.object({ service: z.enum(serviceNames), status: healthStatus }),
  sameBody: { 503: "Degraded: something the service stands on does not answer" },
});
