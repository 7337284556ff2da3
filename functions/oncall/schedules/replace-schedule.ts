import { planOf } from "../../../shared/contracts/oncall/schedules/plan.ts";
import { replaceScheduleContract } from "../../../shared/contracts/oncall/schedules/replace-schedule.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { changeSchedule } from "../../../shared/use-cases/oncall/schedules/change-schedule.ts";

export const handler = endpoint(replaceScheduleContract, async ({ params, body, now, headers }) => {
  const plan = () => planOf(body, now);
  const schedule = await changeSchedule({ schedules: schedules() }, params.team, plan, now);
  return { body: presentSchedule(schedule, baseUrlOf(headers)) };
});
