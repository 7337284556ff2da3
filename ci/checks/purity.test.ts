import { expect, it } from "vitest";
import { impurities } from "./purity.ts";

it.each([
  "const now = Date.now();",
  "const now = new Date();",
  "const now = new Date( );",
  "const now = new Date;",
  "const now = Date();",
  "const id = crypto.randomUUID();",
  "const draw = Math.random();",
  "const stage = process.env.STAGE;",
  'const stage = process["env"];',
  "const now = Temporal.Now.instant();",
])("time or chance is found in %s", (line) => {
  expect(impurities("shared/domain/x.ts", `const a = 1;\n${line}`)).toHaveLength(1);
  expect(impurities("shared/domain/x.ts", `\n${line}`)[0]).toContain("shared/domain/x.ts:2");
});

it.each([
  "const day = new Date(at).toISOString();",
  "// never Date.now() here",
  "/* nor\n Math.random() */",
  "const processed = alerts.length;",
  "const at = Date.UTC(2026, 0, 1);",
])("%s is pure", (line) => {
  expect(impurities("shared/domain/x.ts", line)).toEqual([]);
});
