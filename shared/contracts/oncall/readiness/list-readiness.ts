import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery, teamName } from "../../fields.ts";
import { teamReadinessResource } from "./readiness.ts";

export const listReadinessContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/readiness",
  summary: "List the readiness of teams",
  description:
    "Shows for everyone on a schedule whether they can be reached within the team's requirement, by which verified " +
    `contact methods, and when they last answered. A page has at most ${limits.readinessTeams} teams.`,
  right: "read",
  query: z.object({ team: teamName.optional(), ...pageQuery }),
  status: 200,
  response: z.object({ teams: z.array(teamReadinessResource), next_cursor: nextCursor }),
  errors: { 404: "The team has no schedule" },
});
