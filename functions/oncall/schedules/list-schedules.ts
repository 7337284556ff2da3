import { listSchedulesContract } from "../../../shared/contracts/oncall/schedules/list-schedules.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { rotas } from "../../../shared/runtime/stores.ts";

export const handler = endpoint(listSchedulesContract, async ({ page, cursor, headers }) => {
  const { items, next } = await rotas().list(page);
  const baseUrl = baseUrlOf(headers);
  const schedules = items.map((schedule) => presentSchedule(schedule, baseUrl));
  return { body: { schedules, next_cursor: cursor(next) } };
});
