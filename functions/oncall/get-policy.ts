import { getPolicyContract } from "../../shared/contracts/oncall/get-policy.ts";
import { presentPolicy } from "../../shared/contracts/oncall/policy.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { readPolicy } from "../../shared/use-cases/oncall/read-policy.ts";

export const handler = endpoint(getPolicyContract, async ({ params: { team }, now }) => ({
  body: presentPolicy(team, await readPolicy({ schedules: schedules() }, team, now)),
}));
