import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery } from "../../fields.ts";
import { serviceResource } from "./service.ts";

export const listServicesContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/services",
  summary: "List services",
  description: "Services with an owner or settings, most recently changed first.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ services: z.array(serviceResource), next_cursor: nextCursor }),
});
