import { defineContract } from "../contract.ts";
import { routingResource } from "./routing.ts";

export const getRoutingRulesContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/routing-rules",
  summary: "The rules that alerts go by before they are correlated, in their order",
  scope: "read",
  answeredBy: "read-alerting",
  status: 200,
  response: routingResource,
});
