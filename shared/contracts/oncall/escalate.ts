import { defineContract } from "../contract.ts";
import { escalationInput, escalationReceipt } from "./escalation.ts";

export const escalateContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/escalate",
  summary: "Take an incident to the next level at once",
  scope: "write",
  body: escalationInput,
  status: 200,
  response: escalationReceipt,
  errors: { 409: "It is resolved, or nobody can be reached" },
  idempotent: true,
});
