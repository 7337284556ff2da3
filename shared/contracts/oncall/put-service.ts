import * as z from "zod";
import { defineContract } from "../contract.ts";
import { serviceName, teamName } from "../fields.ts";
import { serviceResource } from "./service.ts";

export const putServiceContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/services/{service}",
  summary: "Say which team owns a service, and when its incidents resolve themselves",
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
      .meta({ description: "Quiet time after the last alert." }),
  }),
  status: 200,
  response: serviceResource,
});
