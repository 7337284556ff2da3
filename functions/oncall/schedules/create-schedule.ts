import { createScheduleContract } from "../../../shared/contracts/oncall/schedules/create-schedule.ts";
import { planOf } from "../../../shared/contracts/oncall/schedules/plan.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { scheduleDeps } from "../../../shared/runtime/later/deps.ts";
import { makeSecret } from "../../../shared/runtime/system.ts";
import { createSchedule } from "../../../shared/use-cases/oncall/schedules/create-schedule.ts";

export const handler = creatingEndpoint(createScheduleContract, async ({ body, now, ulid, headers }) => {
  const deps = { ...scheduleDeps(), ulid, makeSecret };
  const schedule = await createSchedule(deps, body.team, planOf(body.plan, now), now);
  return {
    body: presentSchedule(schedule, baseUrlOf(headers)),
    location: `/api/v1/schedules/${encodeURIComponent(schedule.team)}`,
  };
});
