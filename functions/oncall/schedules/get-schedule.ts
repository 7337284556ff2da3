import { getScheduleContract } from "../../../shared/contracts/oncall/schedules/get-schedule.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { findSchedule } from "../../../shared/use-cases/oncall/schedules/find-schedule.ts";

export const handler = endpoint(getScheduleContract, async ({ params: { team }, now, headers }) => ({
  body: presentSchedule(await findSchedule({ schedules: schedules() }, team, now), baseUrlOf(headers)),
}));
