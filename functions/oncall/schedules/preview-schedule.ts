import { presentShift } from "../../../shared/contracts/oncall/on-call.ts";
import { planOf } from "../../../shared/contracts/oncall/schedules/plan.ts";
import { warningsOf } from "../../../shared/contracts/oncall/schedules/plan-warnings.ts";
import { previewScheduleContract } from "../../../shared/contracts/oncall/schedules/preview-schedule.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { shiftsOfPlan } from "../../../shared/use-cases/oncall/read-on-call.ts";

export const handler = endpoint(previewScheduleContract, async ({ body, now }) => {
  const plan = planOf(body.plan, now);
  const shifts = shiftsOfPlan(plan, body.timeRange.from, body.timeRange.to);
  return { body: { shifts: shifts.map(presentShift), warnings: warningsOf(plan) } };
});
