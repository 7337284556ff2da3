import * as z from "zod";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { integrationResource } from "./integration.ts";

export const listIntegrationsContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/integrations",
  otherMethods: ["POST"],
  summary: "List integrations",
  description: "Newest first.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ integrations: z.array(integrationResource), next_cursor: nextCursor }),
});
