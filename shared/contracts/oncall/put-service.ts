import * as z from "zod";
import { defineContract } from "../contract.ts";
import { serviceName, teamName } from "../fields.ts";
import { serviceResource } from "./service.ts";

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
  body: z.strictObject({
    team: teamName,
    auto_resolve_seconds: z
      .int()
      .min(1)
      .max(30 * 86_400)
      .nullable()
      .default(null)
      .meta({ description: "Resolve incidents automatically after this time without alerts." }),
  }),
  status: 200,
  response: serviceResource,
});
