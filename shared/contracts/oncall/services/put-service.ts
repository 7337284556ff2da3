import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { serviceInput, serviceParams, serviceResource } from "./service.ts";

export const putServiceContract = defineContract({
  service: "oncall",
  method: "PUT",
  path: "/api/v1/services/{service}",
  summary: "Create or replace a service",
  description:
    "Sets the team that owns a service, and how its incidents are handled. A team that does not exist yet is " +
    "accepted with a warning.",
  right: "manage",
  team: "resource",
  audited: "service",
  params: serviceParams,
  readOnly: ["service", "updated_at", "warnings"],
  body: serviceInput,
  status: 200,
  response: serviceResource.extend({
    warnings: z.array(z.string()).meta({ description: "Valid but probably unintended configuration." }),
  }),
});
