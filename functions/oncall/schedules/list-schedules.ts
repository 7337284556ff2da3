import { listSchedulesContract } from "../../../shared/contracts/oncall/schedules/list-schedules.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";

export const handler = endpoint(listSchedulesContract, async ({ page, cursor, headers }) => {
  const { items, next } = await schedules().list(page);
  const baseUrl = baseUrlOf(headers);
  return {
    body: { schedules: items.map((each) => presentSchedule(each, baseUrl)), next_cursor: cursor(next) },
  };
});
