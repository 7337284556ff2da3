import { getCurrentOnCallContract } from "../../shared/contracts/oncall/get-current-on-call.ts";
import { presentOnCall } from "../../shared/contracts/oncall/on-call.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { metrics } from "../../shared/runtime/metrics.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { readOnCall } from "../../shared/use-cases/oncall/read-on-call.ts";

export const handler = endpoint(getCurrentOnCallContract, async ({ query: { team, at }, now }) => ({
  body: presentOnCall(await readOnCall({ schedules: schedules(), metrics: metrics() }, team, at ?? now)),
}));
