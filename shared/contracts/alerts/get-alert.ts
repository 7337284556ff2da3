import * as z from "zod";
import { defineContract } from "../contract.ts";
import { id } from "../fields.ts";
import { alertResource } from "./alert.ts";

export const getAlertContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/alerts/{alert_id}",
  summary: "Get an alert",
  description: "Includes its outcome. Returns 404 until the alert is correlated.",
  right: "read",
  params: z.object({ alert_id: id }),
  status: 200,
  response: alertResource,
});
