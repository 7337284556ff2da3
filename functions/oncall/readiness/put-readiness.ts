import { putReadinessContract } from "../../../shared/contracts/oncall/readiness/put-readiness.ts";
import {
  presentReadinessRule,
  readinessRuleOf,
} from "../../../shared/contracts/oncall/readiness/readiness.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { putReadiness } from "../../../shared/use-cases/oncall/readiness/put-readiness.ts";

export const handler = endpoint(putReadinessContract, async ({ params: { team }, body, now }) => {
  const rule = readinessRuleOf(body);
  await putReadiness({ schedules: schedules() }, team, rule, now);
  return { body: presentReadinessRule(team, rule) };
});
