import * as z from "zod";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { teamResource } from "./team.ts";

export const listTeamsContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/teams",
  summary: "List teams",
  description: "Includes the people currently on call, the next handoff and the escalation policy.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ teams: z.array(teamResource), next_cursor: nextCursor }),
});
