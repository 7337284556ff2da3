import { getScheduleContract } from "../../shared/contracts/oncall/get-schedule.ts";
import { presentSchedule } from "../../shared/contracts/oncall/schedule.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { existing } from "../../shared/use-cases/existing.ts";

export const handler = endpoint(getScheduleContract, async ({ params: { team } }) => ({
  body: presentSchedule(existing(await schedules().findByTeam(team), "schedule of team", team)),
}));
