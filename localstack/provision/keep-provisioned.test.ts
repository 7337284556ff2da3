import { expect, test } from "vitest";
import { timeBudget } from "../../shared/domain/time-budget.ts";
import { lookingClients } from "./keep-provisioned.ts";

test("a look for the table and the queues has a time limit", async () => {
  for (const { config } of Object.values(lookingClients())) {
    const { configProvider } = config.requestHandler as unknown as { configProvider: Promise<object> };
    expect(await configProvider).toMatchObject({
      connectionTimeout: timeBudget.connectMs,
      requestTimeout: timeBudget.attemptMs,
      throwOnRequestTimeout: true,
    });
  }
});
