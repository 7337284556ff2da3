/** Runs before each unit test file: functions keep nothing from the file before it, such as its table in memory. */
import { evaluateAgain } from "./evaluate-again.ts";

evaluateAgain(
  (id) => !id.includes("/node_modules/") && /(?<!support)\/functions\/|\/shared\/runtime\//.test(id),
);
