import { planOf } from "../../../shared/contracts/oncall/schedules/plan.ts";
import { patchedPlan } from "../../../shared/contracts/oncall/schedules/plan-patch.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { updateScheduleContract } from "../../../shared/contracts/oncall/schedules/update-schedule.ts";
import type { Schedule } from "../../../shared/domain/oncall/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { changeSchedule } from "../../../shared/use-cases/oncall/schedules/change-schedule.ts";

export const handler = endpoint(updateScheduleContract, async ({ params, body, now, headers }) => {
  const patch = (schedule: Schedule) => planOf(patchedPlan(schedule, body), now);
  const schedule = await changeSchedule({ schedules: schedules() }, params.team, patch, now);
  return { body: presentSchedule(schedule, baseUrlOf(headers)) };
});
