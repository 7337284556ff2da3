import * as z from "zod";
import { defineContract } from "../contract.ts";
import { instantInput, teamName } from "../fields.ts";
import { onCallResource } from "./on-call.ts";

export const getCurrentOnCallContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/oncall/current",
  summary: "Get the people on call",
  description: "For a team, now or at another time.",
  right: "read",
  query: z.object({ team: teamName, at: instantInput.optional() }),
  status: 200,
  response: onCallResource,
});
