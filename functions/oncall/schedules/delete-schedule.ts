import { deleteScheduleContract } from "../../../shared/contracts/oncall/schedules/delete-schedule.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { deleteSchedule } from "../../../shared/use-cases/oncall/schedules/delete-schedule.ts";

export const handler = endpoint(deleteScheduleContract, async ({ params: { team }, now, headers }) => ({
  body: presentSchedule(await deleteSchedule({ schedules: schedules() }, team, now), baseUrlOf(headers)),
}));
