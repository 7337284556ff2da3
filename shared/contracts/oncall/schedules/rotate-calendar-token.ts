import { defineContract } from "../../contract.ts";
import { scheduleResource, teamParams } from "./schedule.ts";

export const rotateCalendarTokenContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/schedules/{team}/calendar-token",
  summary: "Give a team's calendar another address; the old one leads nowhere from now on",
  scope: "write",
  audited: "schedule",
  params: teamParams,
  status: 201,
  response: scheduleResource,
  idempotent: true,
});
