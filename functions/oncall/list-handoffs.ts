import { presentHandoff } from "../../shared/contracts/oncall/handoff.ts";
import { listHandoffsContract } from "../../shared/contracts/oncall/list-handoffs.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { listHandoffs } from "../../shared/use-cases/oncall/list-handoffs.ts";

export const handler = endpoint(listHandoffsContract, async ({ params: { team }, query: { weeks }, now }) => {
  const { timezone, handoffs } = await listHandoffs({ schedules: schedules() }, team, now, weeks);
  return { body: { team, timezone, handoffs: handoffs.map(presentHandoff) } };
});
