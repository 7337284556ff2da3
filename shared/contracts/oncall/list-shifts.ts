import * as z from "zod";
import { defineContract } from "../contract.ts";
import { teamName } from "../fields.ts";
import { shiftResource } from "./on-call.ts";
import { checkTimeRange, timeRange } from "./time-range.ts";

export const listShiftsContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/oncall/shifts",
  summary: "List a team's shifts",
  description: "Shifts of each role in a time range.",
  right: "read",
  query: z.object({ team: teamName, ...timeRange }).superRefine(checkTimeRange),
  status: 200,
  response: z.object({ team: z.string(), shifts: z.array(shiftResource) }),
});
