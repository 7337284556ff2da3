import { expect, test } from "vitest";
import { unusedExports } from "./exports.ts";

const path = "shared/domain/a.ts";
const found = (text: string, others: Readonly<Record<string, string>> = {}) =>
  unusedExports(new Map(Object.entries({ [path]: text, ...others })));
const importing = (line: string) => ({ "functions/alerts/b.ts": line });

test.each([
  "export const used = 1;",
  "export function used() {}",
  "export function* used() {}",
  "export async function used() {}",
  "export class used {}",
])("%s is reported if no other file imports it", (line) => {
  expect(found(line)).toEqual([`${path}: no other file imports used`]);
  expect(found(line, importing('import { other } from "../../shared/domain/a.ts";'))).toHaveLength(1);
  expect(found(line, importing('import { used } from "../../shared/domain/other.ts";'))).toHaveLength(1);
});

test.each([
  'import { used } from "../../shared/domain/a.ts";',
  'import { other, used as renamed } from "../../shared/domain/a.ts";',
  'import {\n  type Other,\n  used,\n} from "../../shared/domain/a.ts";',
  'import type { used } from "../../shared/domain/a.ts";',
  'export { used } from "../../shared/domain/a.ts";',
  'import * as all from "../../shared/domain/a.ts";',
  'const { used } = await import("../../shared/domain/a.ts");',
])("%s is an import of it", (line) => {
  expect(found("export const used = 1;", importing(line))).toEqual([]);
});

test.each(["export interface Used {}", "export type Used = string;", "const used = 1;"])(
  "%s needs no import",
  (line) => {
    expect(found(line)).toEqual([]);
  },
);

test("what tests and functions export is for those that run them", () => {
  const handler = "export const handler = 1;";
  expect(
    unusedExports(
      new Map([
        ["functions/a/b.ts", handler],
        ["tests/bench/a.ts", handler],
      ]),
    ),
  ).toEqual([]);
});
