import { defineContract } from "../../contract.ts";
import { overrideInput, overrideResource } from "./override.ts";

export const createOverrideContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/oncall/override",
  summary: "Let somebody take over for a while",
  scope: "write",
  audited: "override",
  body: overrideInput,
  status: 201,
  response: overrideResource,
  errors: { 409: "The team has too many overrides to come" },
  idempotent: true,
});
