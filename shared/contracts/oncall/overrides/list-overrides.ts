import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery, teamName } from "../../fields.ts";
import { overrideResource } from "./override.ts";

export const listOverridesContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/oncall/overrides",
  summary: "List a team's overrides",
  description: "Newest first, including past overrides.",
  right: "read",
  query: z.object({ ...pageQuery, team: teamName }),
  status: 200,
  response: z.object({ overrides: z.array(overrideResource), next_cursor: nextCursor }),
});
