import { describe } from "vitest";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { tableSuite } from "../../tests/support/suites/table-suite.ts";

describe("the table in memory", () => {
  tableSuite(async (nowMs) => memoryTable(nowMs), { propertyRuns: 200 });
});
