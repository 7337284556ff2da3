import { afterAll, beforeAll, describe } from "vitest";
import { startEmulators, type TestEmulators } from "../support/platform/platform.ts";
import { emulatedTables } from "../support/suites/emulated-table.ts";
import { historySuite } from "../support/suites/history-suite.ts";

let emulators: TestEmulators;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

describe("a random history of alerts on DynamoDB", () => {
  historySuite(
    emulatedTables(() => emulators),
    8,
  );
});
