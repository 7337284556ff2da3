import { describe } from "vitest";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { storeSuite } from "../../tests/support/suites/store-suite.ts";

describe("stores on the table in memory", () => {
  storeSuite(async (nowMs) => memoryTable(nowMs));
});
