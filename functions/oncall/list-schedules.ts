import { listSchedulesContract } from "../../shared/contracts/oncall/list-schedules.ts";
import { presentSchedule } from "../../shared/contracts/oncall/schedule.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listSchedulesContract, async ({ page, cursor }) => {
  const { items, next } = await schedules().list(page);
  return { body: { schedules: items.map(presentSchedule), next_cursor: cursor(next) } };
});
