import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { id } from "../../fields.ts";
import { overrideResource } from "./override.ts";

export const endOverrideContract = defineContract({
  service: "oncall",
  method: "DELETE",
  path: "/api/v1/oncall/overrides/{id}",
  summary: "End an override",
  description: "Past shifts stay unchanged.",
  right: "cover",
  team: "resource",
  audited: "override",
  params: z.object({ id }),
  status: 200,
  response: overrideResource,
});
