import { describe } from "vitest";
import { historySuite } from "../../../tests/support/suites/history-suite.ts";

describe("a random history of alerts", () => {
  historySuite(undefined, 60);
});
