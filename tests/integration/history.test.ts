import { afterAll, beforeAll, describe } from "vitest";
import { emulatedTables } from "../support/emulated-table.ts";
import { historySuite } from "../support/history-suite.ts";
import { startEmulators, type TestEmulators } from "../support/platform.ts";

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
