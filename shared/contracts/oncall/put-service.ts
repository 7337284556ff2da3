import * as z from "zod";
import { defineContract } from "../contract.ts";
import { serviceName } from "../fields.ts";
import { serviceInput, serviceResource } from "./service.ts";

export const putServiceContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/services/{service}",
  summary: "Create or replace a service",
  description: "Sets the team that owns a service, and automatic resolution of its incidents.",
  scope: "write",
  audited: "service",
  params: z.object({ service: serviceName }),
  readOnly: ["service", "updated_at"],
  body: serviceInput,
  status: 200,
  response: serviceResource,
});
