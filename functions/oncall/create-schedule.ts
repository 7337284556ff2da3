import { createScheduleContract } from "../../shared/contracts/oncall/create-schedule.ts";
import { presentSchedule } from "../../shared/contracts/oncall/schedule.ts";
import { rotaOf } from "../../shared/contracts/oncall/simple-rota.ts";
import { creatingEndpoint } from "../../shared/runtime/creating-endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { createSchedule } from "../../shared/use-cases/create-schedule.ts";

export const handler = creatingEndpoint(createScheduleContract, async ({ body, now, ulid }) => {
  const schedule = await createSchedule({ schedules: schedules(), ulid }, rotaOf(body), now);
  return {
    body: presentSchedule(schedule),
    location: `/api/v1/schedules/${encodeURIComponent(schedule.team)}`,
  };
});
