import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { teamParams } from "../schedules/schedule.ts";
import { overrideResource } from "./override.ts";

export const endOverridesContract = defineContract({
  service: "oncall",
  method: "DELETE",
  path: "/api/v1/oncall/override/{team}",
  summary: "End a team's active overrides",
  right: "manage",
  team: "path",
  audited: "override",
  params: teamParams,
  status: 200,
  response: z.object({ overrides: z.array(overrideResource) }),
});
