import * as z from "zod";
import { defineContract } from "../contract.ts";
import { routingResource } from "./routing.ts";
import { rulesInput } from "./routing-input.ts";

export const putRoutingRulesContract = defineContract({
  service: "alerts",
  method: "PUT",
  path: "/api/v1/routing-rules",
  summary: "Put a list of rules in the place of the one in force, for alerts received from now on",
  scope: "write",
  audited: "routing_rules",
  answeredBy: "change-alerting",
  readOnly: ["in_force_from"],
  body: z.strictObject({
    rules: rulesInput,
    version: z.int().min(0).nullable().default(null).meta({
      description: "That of the list it was made from; without it, the list is replaced whatever it is.",
    }),
  }),
  status: 200,
  response: routingResource,
  errors: { 409: "The list has another version by now" },
});
