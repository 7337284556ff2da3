import { presentCoverage } from "../../shared/contracts/oncall/coverage.ts";
import { getCoverageContract } from "../../shared/contracts/oncall/get-coverage.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { accounts, schedules } from "../../shared/runtime/stores.ts";
import { readCoverage } from "../../shared/use-cases/oncall/read-coverage.ts";

export const handler = endpoint(getCoverageContract, async ({ params: { team }, now }) => ({
  body: presentCoverage(await readCoverage({ schedules: schedules(), accounts: accounts() }, team, now)),
}));
