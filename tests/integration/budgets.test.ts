/** Operations stay within their budgets of units and requests, as the emulator counts them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { budgets } from "../bench/budgets.ts";
import { installMeter, sum } from "../bench/meter.ts";
import { measureOperations, type Operations } from "../bench/operations.ts";
import { startEmulators, type TestEmulators } from "../support/platform/platform.ts";

let emulators: TestEmulators;
let operations: Operations;
beforeAll(async () => {
  emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  operations = await measureOperations(emulators, { onCall: true });
}, 60_000);
afterAll(() => emulators.stop());

test.each(budgets)("$what costs at most $most.writeUnits write units", ({ cost, most }) => {
  const spent = cost(operations);
  for (const name of ["writeUnits", "readUnits", "dynamodbRequests"] as const) {
    expect(spent[name], name).toBeLessThanOrEqual(most[name]);
  }
  expect(spent.dynamodbRequests).toBeGreaterThan(0);
});

test("units of writes and of reads are counted", () => {
  const spent = sum(budgets.map(({ cost }) => cost(operations)));
  expect(spent.writeUnits).toBeGreaterThan(50);
  expect(spent.readUnits).toBeGreaterThan(20);
});
