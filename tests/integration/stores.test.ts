import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type SharedEmulators, sharedEmulators } from "../support/platform/shared-emulators.ts";
import { emulatedTables } from "../support/suites/emulated-table.ts";
import { storeSuite } from "../support/suites/store-suite.ts";
import { tableSuite } from "../support/suites/table-suite.ts";

let emulators: SharedEmulators;
beforeAll(async () => {
  emulators = await sharedEmulators();
});
afterAll(() => emulators.stop());

const make = emulatedTables(() => emulators);

describe("the table on DynamoDB", () => {
  tableSuite(make, { propertyRuns: 40 });

  test("has done a conditional write whose answer was lost", async () => {
    const table = await make(Date.now);
    const key = { pk: "a", sk: "1" };
    const lost = loseAnswersOnce();
    await table.put({ item: { ...key, version: 1, tags: ["x"] }, condition: { absent: true } });
    lost.again();
    await table.put({ item: { ...key, version: 2 }, condition: { equals: { version: 1 } } });
    lost.again();
    await table.remove(key, { equals: { version: 2 } });
    expect(lost.count).toBe(3);
    expect(await table.get(key)).toBeUndefined();
  });
});

/** Drops the next answer of the database. */
function loseAnswersOnce() {
  const lost = {
    count: 0,
    pending: true,
    again() {
      this.pending = true;
    },
  };
  const { middlewareStack } = emulators.dynamodb;
  middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request);
      if (!lost.pending) return answer;
      lost.pending = false;
      lost.count += 1;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    },
    { step: "deserialize", priority: "low", name: "loseAnswer" },
  );
  onTestFinished(() => void middlewareStack.remove("loseAnswer"));
  return lost;
}

describe("stores on DynamoDB", () => {
  storeSuite(make);
});
