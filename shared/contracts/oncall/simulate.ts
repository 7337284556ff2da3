import { defineContract } from "../contract.ts";
import { simulationInput, simulationResource } from "./simulation.ts";

export const simulateContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/simulate",
  summary: "Simulate an alert",
  description: "Returns who would be paged, when, how and why. Creates nothing.",
  right: "read",
  body: simulationInput,
  status: 200,
  response: simulationResource,
});
