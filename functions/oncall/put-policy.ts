import { policyOf, presentPolicy } from "../../shared/contracts/oncall/policy.ts";
import { putPolicyContract } from "../../shared/contracts/oncall/put-policy.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { putPolicy } from "../../shared/use-cases/oncall/put-policy.ts";

export const handler = endpoint(putPolicyContract, async ({ params: { team }, body, now }) => {
  const policy = policyOf(body);
  await putPolicy({ schedules: schedules() }, team, policy, now);
  return { body: presentPolicy(team, policy) };
});
