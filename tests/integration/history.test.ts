import { afterAll, beforeAll, describe } from "vitest";
import { type SharedEmulators, sharedEmulators } from "../support/platform/shared-emulators.ts";
import { emulatedTables } from "../support/suites/emulated-table.ts";
import { historySuite } from "../support/suites/history-suite.ts";

let emulators: SharedEmulators;
beforeAll(async () => {
  emulators = await sharedEmulators();
});
afterAll(() => emulators.stop());

describe("a random history of alerts on DynamoDB", () => {
  historySuite(
    emulatedTables(() => emulators),
    8,
  );
});
