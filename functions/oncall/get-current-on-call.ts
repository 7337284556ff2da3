import { getCurrentOnCallContract } from "../../shared/contracts/oncall/get-current-on-call.ts";
import { presentOnCall } from "../../shared/contracts/oncall/on-call.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { readOnCall } from "../../shared/use-cases/read-on-call.ts";

export const handler = endpoint(getCurrentOnCallContract, async ({ query: { team, at }, now }) => {
  const { schedule, onCall } = await readOnCall({ schedules: schedules() }, team, at ?? now);
  return { body: presentOnCall(schedule, at ?? now, onCall) };
});
