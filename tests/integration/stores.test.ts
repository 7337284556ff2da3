import { afterAll, beforeAll, describe } from "vitest";
import { emulatedTables } from "../support/emulated-table.ts";
import { startEmulators, type TestEmulators } from "../support/platform.ts";
import { storeSuite } from "../support/store-suite.ts";
import { tableSuite } from "../support/table-suite.ts";

let emulators: TestEmulators;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

const make = emulatedTables(() => emulators);

describe("the table on DynamoDB", () => {
  tableSuite(make, { propertyRuns: 40 });
});

describe("stores on DynamoDB", () => {
  storeSuite(make);
});
