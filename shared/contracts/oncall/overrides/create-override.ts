import { defineContract } from "../../contract.ts";
import { overrideInput, overrideResource } from "./override.ts";

export const createOverrideContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/oncall/override",
  summary: "Create an override",
  description:
    "Someone takes over a role for a limited time. If overrides overlap, the most recently created one wins.",
  right: "cover",
  team: "resource",
  audited: "override",
  body: overrideInput,
  status: 201,
  response: overrideResource,
  errors: { 409: "The team has too many upcoming overrides" },
  idempotent: true,
});
