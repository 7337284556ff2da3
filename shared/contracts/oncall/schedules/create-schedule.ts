import { defineContract } from "../../contract.ts";
import { teamPlanDocs, teamPlanInput } from "./plan.ts";
import { scheduleResource } from "./schedule.ts";

export const createScheduleContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/schedules",
  summary: "Create an on-call schedule",
  right: "manage",
  team: "resource",
  audited: "schedule",
  body: teamPlanInput,
  bodyDocs: teamPlanDocs,
  status: 201,
  response: scheduleResource,
  errors: { 409: "The team already has a schedule" },
  idempotent: true,
});
