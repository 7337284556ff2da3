import fc from "fast-check";
import { test, vi } from "vitest";
import { lifecycleProperty } from "../../../../tests/support/suites/lifecycle/property.ts";

/** `npm run bench` makes more. */
const numRuns = Number(process.env.LIFECYCLE_RUNS || 500);

test("incidents have the lifecycle of the contract", { timeout: numRuns * 500 }, async () => {
  // Retries of conflicting writes wait for no real time.
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  vi.setTimerTickMode("nextTimerAsync");
  await fc.assert(
    lifecycleProperty.afterEach(() => void vi.clearAllTimers()),
    { numRuns },
  );
  vi.useRealTimers();
});
