import { listOverridesContract } from "../../../shared/contracts/oncall/overrides/list-overrides.ts";
import { presentOverride } from "../../../shared/contracts/oncall/overrides/override.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { loadSchedule } from "../../../shared/use-cases/oncall/read-on-call.ts";

export const handler = endpoint(listOverridesContract, async ({ query: { team }, page, cursor, now }) => {
  await loadSchedule({ schedules: schedules() }, team, now);
  const { items, next } = await schedules().listOverrides(team, page);
  return { body: { overrides: items.map(presentOverride), next_cursor: cursor(next) } };
});
