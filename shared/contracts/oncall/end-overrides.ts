import * as z from "zod";
import { defineContract } from "../contract.ts";
import { overrideResource } from "./override.ts";
import { teamParams } from "./schedule.ts";

export const endOverridesContract = defineContract({
  service: "oncall",
  method: "DELETE",
  path: "/api/v1/oncall/override/{team}",
  summary: "End the overrides that are in force for a team",
  scope: "write",
  audited: "override",
  params: teamParams,
  status: 200,
  response: z.object({ overrides: z.array(overrideResource) }),
});
