import { policyOf, presentPolicy } from "../../shared/contracts/oncall/policy.ts";
import { putPolicyContract } from "../../shared/contracts/oncall/put-policy.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { rotas } from "../../shared/runtime/stores.ts";

export const handler = endpoint(putPolicyContract, async ({ params: { team }, body }) => {
  const policy = policyOf(body);
  await rotas().putPolicy(team, policy);
  return { body: presentPolicy(team, policy) };
});
