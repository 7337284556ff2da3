import * as z from "zod";
import { defineContract } from "../contract.ts";
import { routingResource } from "./routing.ts";
import { rulesInput } from "./routing-input.ts";

export const putRoutingRulesContract = defineContract({
  service: "alerts",
  method: "PUT",
  path: "/api/v1/routing-rules",
  summary: "Replace the routing rules",
  description: "Applies to alerts received from now on.",
  right: "manage",
  audited: "routing_rules",
  readOnly: ["in_force_from"],
  body: z.strictObject({
    rules: rulesInput,
    version: z.int().min(0).nullable().default(null).meta({
      description:
        "Version of the list that was edited. Without it, the current list is replaced unconditionally.",
    }),
  }),
  status: 200,
  response: routingResource,
  errors: { 409: "The list has changed in the meantime" },
});
