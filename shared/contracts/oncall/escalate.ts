import { defineContract } from "../contract.ts";
import { escalationInput, escalationReceipt } from "./escalation.ts";

export const escalateContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/escalate",
  summary: "Escalate an incident",
  description: "Pages the next level immediately, even if the incident is acknowledged.",
  right: "respond",
  team: "resource",
  body: escalationInput,
  status: 200,
  response: escalationReceipt,
  errors: { 409: "The incident is resolved, or no one can be reached" },
  idempotent: true,
});
