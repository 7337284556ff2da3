import { defineContract } from "../contract.ts";
import { routingResource } from "./routing.ts";

export const getRoutingRulesContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/routing-rules",
  otherMethods: ["PUT"],
  summary: "Get the routing rules",
  description: "Rules in the order in which they are evaluated, before correlation.",
  right: "read",
  status: 200,
  response: routingResource,
});
