import * as z from "zod";
import { defineContract } from "../contract.ts";
import { integrationErrorResource, integrationParams, integrationResource } from "./integration.ts";

export const getIntegrationContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/integrations/{id}",
  otherMethods: ["PATCH", "DELETE"],
  summary: "Get an integration",
  description: "Includes its latest errors.",
  right: "read",
  params: integrationParams,
  status: 200,
  response: integrationResource.extend({
    errors: z
      .array(integrationErrorResource)
      .meta({ description: "Rejected events, newest first, at most 20." }),
  }),
});
