import { presentShift } from "../../shared/contracts/oncall/on-call.ts";
import { planOf } from "../../shared/contracts/oncall/plan.ts";
import { previewScheduleContract } from "../../shared/contracts/oncall/preview-schedule.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { shiftsOfPlan } from "../../shared/use-cases/read-on-call.ts";

export const handler = endpoint(previewScheduleContract, async ({ body: { plan, span }, now }) => ({
  body: { shifts: shiftsOfPlan(planOf(plan, now), span.from, span.to).map(presentShift) },
}));
