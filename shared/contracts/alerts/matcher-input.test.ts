import { RE2JS } from "re2js";
import { expect, test, vi } from "vitest";
import { limits } from "../../domain/limits.ts";
import { rulesInput } from "./routing-input.ts";
import { silenceInput } from "./silence-input.ts";

/** An expression with about nine hundred steps. */
const long = "(a|b|c){300}";
const expression = (value: string) => ({ field: "message", op: "=~", value });
const silenceOf = (...matchers: object[]) => ({ matchers, duration_seconds: 60, comment: "why" });
const rulesOf = (count: number, ...matchers: object[]) =>
  Array.from({ length: count }, (_, index) => ({ name: `${index}`, matchers }));
const faultsOf = (schema: typeof rulesInput | typeof silenceInput, input: unknown) =>
  schema.safeParse(input).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];

test("expressions are bounded together, in a silence and in a list of rules", () => {
  expect(faultsOf(silenceInput, silenceOf(expression(long)))).toEqual([]);
  expect(faultsOf(silenceInput, silenceOf(expression(long), expression(long)))).toEqual([
    expect.stringMatching(/^matchers have regular expressions that/),
  ]);
  expect(faultsOf(rulesInput, rulesOf(20, expression(long)))).toEqual([]);
  expect(faultsOf(rulesInput, rulesOf(30, expression(long)))).toEqual([
    expect.stringMatching(/^ have regular expressions that/),
  ]);
});

test("expressions that are long together are rejected before any is compiled", () => {
  const class300 = expression(`(?i)${"\\pL".repeat(300)}`);
  const invalid = expression("(");
  expect(faultsOf(rulesInput, rulesOf(1, class300, invalid))).toEqual([
    " have regular expressions with more than 10000 characters together; a Unicode class counts as 100",
  ]);
  expect(faultsOf(silenceInput, silenceOf(class300))).toEqual([
    expect.stringMatching(/^matchers have regular expressions with more than 8192 characters/),
  ]);
  expect(faultsOf(rulesInput, rulesOf(200, expression("service-[0-9]+\\.example\\.(com|org)")))).toEqual([]);
});

test("no expression is compiled after the limit is exceeded", () => {
  const compile = vi.spyOn(RE2JS, "compile");
  expect(faultsOf(rulesInput, rulesOf(100, expression("((a{10}){10}){8}")))).toHaveLength(1);
  expect(compile.mock.calls.length).toBeLessThan(30);
});

test("a silence that every alert meets is refused", () => {
  const matcher = (field: string, op: string, value: string) => ({ field, op, value });
  const everything = [
    [expression(".*")],
    [matcher("service", "=~", ".*"), matcher("labels.job", "=~", "(a|.)*")],
    [matcher("severity", "=~", "(?i).{0,}")],
    [matcher("labels.env", "!=", "staging")],
    [matcher("labels.env", "!~", "dev|staging"), matcher("labels.job", "=", "")],
    [matcher("labels.job", "=~", "")],
    [matcher("service", "!=", "shop")],
    [matcher("message", "=~", ".+"), matcher("dedup_key", "!=", "a")],
    [matcher("severity", "=~", "critical|high|medium|low")],
  ];
  for (const matchers of everything)
    expect(faultsOf(silenceInput, silenceOf(...matchers))).toEqual([
      expect.stringMatching(/^matchers must not match every alert without labels/),
    ]);
  const some = [
    [matcher("severity", "!=", "critical")],
    [expression(".*"), matcher("service", "=", "shop")],
    [matcher("labels.job", "=~", ".+")],
    [matcher("labels.env", "!=", "staging"), matcher("labels.job", "=", "backup")],
    [matcher("labels.env", "!=", "staging"), matcher("severity", "=", "low")],
    [matcher("dedup_key", "=~", "disk.*")],
  ];
  for (const matchers of some) expect(faultsOf(silenceInput, silenceOf(...matchers))).toEqual([]);
});

test("an invalid expression is reported once, at its path", () => {
  expect(faultsOf(silenceInput, silenceOf(expression("a"), expression("(")))).toEqual([
    expect.stringMatching(/^matchers\.1\.value must be an RE2 regular expression/),
  ]);
  expect(faultsOf(rulesInput, rulesOf(1, expression("(")))).toEqual([
    expect.stringMatching(/^0\.matchers\.0\.value must be/),
  ]);
});

test("the weight of a silence and that of a list of rules are bounded", () => {
  const heavy = { field: "message", op: "=", value: "x".repeat(limits.labelValueLength) };
  expect(faultsOf(silenceInput, silenceOf(heavy, heavy, heavy))).toEqual([]);
  expect(faultsOf(silenceInput, silenceOf(heavy, heavy, heavy, heavy))).toEqual([
    `matchers must be at most ${limits.silenceBytes} bytes`,
  ]);
  expect(faultsOf(rulesInput, rulesOf(30, heavy))).toEqual([` must be at most ${limits.routingBytes} bytes`]);
});
