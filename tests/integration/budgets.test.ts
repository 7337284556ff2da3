/** Operations stay within their budgets of units and requests, as the emulator counts them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { stepUse, type Use } from "../../shared/domain/incidents/cost.ts";
import { budgets } from "../bench/budgets.ts";
import { type Cost, installMeter, sum } from "../bench/meter.ts";
import { measureOperations, type Operations } from "../bench/operations.ts";
import { startEmulators, type TestEmulators } from "../support/platform/platform.ts";

let emulators: TestEmulators;
let operations: Operations;
beforeAll(async () => {
  emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  operations = await measureOperations(emulators, { onCall: true });
});
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

/** Adds the read and the write of the window of bundled pages, which tests turn off. */
function withWindow({ writeUnits, readUnits, requests, ...rest }: Use): Use {
  return { ...rest, writeUnits: writeUnits + 1, readUnits: readUnits + 1, requests: requests + 2 };
}

test("the cost of an incident counts what is measured", () => {
  const use = (steps: readonly Cost[], from: Pick<Use, "http" | "consumed">): Use => {
    const { writeUnits, readUnits, dynamodbRequests, sqsRequests } = sum(steps);
    return { writeUnits, readUnits, requests: dynamodbRequests + sqsRequests, ...from };
  };
  const { accept, open, correlateOne, decide, send, resolve, publishResolved } = operations;
  const measured: Readonly<Record<keyof typeof stepUse, Use>> = {
    open: use([accept, open], { http: 1, consumed: 1 }),
    alert: use([accept, correlateOne], { http: 1, consumed: 1 }),
    page: use([decide], { http: 0, consumed: 1 }),
    attempt: withWindow(use([send], { http: 0, consumed: 1 })),
    // An acknowledgement before the first escalation step takes two write units less.
    change: use([resolve, publishResolved], { http: 1, consumed: 1 }),
  };
  for (const [step, { readUnits, requests, ...exact }] of Object.entries(stepUse)) {
    const found = measured[step as keyof typeof stepUse];
    expect(found, step).toMatchObject(exact);
    // The rules are read at most once a second, by whichever step comes next.
    expect(Math.abs(found.readUnits - readUnits), step).toBeLessThanOrEqual(1);
    expect(Math.abs(found.requests - requests), step).toBeLessThanOrEqual(1);
  }
});
