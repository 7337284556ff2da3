import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./json.ts";

test.each([
  ["9007199254740993", "9007199254740993"],
  ["-9007199254740993", "-9007199254740993"],
  ["9007199254740994", "9007199254740994"],
  ["7615917337495251231", "7615917337495251231"],
  ["12345678901234567890.5", "12345678901234567890.5"],
  ["1e400", "1e400"],
  ["-1E+400", "-1E+400"],
  ["123456789012345678e3", "123456789012345678e3"],
])("%s keeps its digits as a string, at any position", (number, digits) => {
  expect(parseJson(number)).toBe(digits);
  expect(parseJson(`{"a":[{"b": ${number} }],"c":1.5}`)).toEqual({ a: [{ b: digits }], c: 1.5 });
});

test.each(["9007199254740992", "-9007199254740992", "9007199254740991", "0", "1e15", "0.1", "1.5e-7"])(
  "%s stays a number",
  (number) => {
    expect(parseJson(`[${number},9007199254740993]`)).toEqual([Number(number), "9007199254740993"]);
  },
);

test("minus zero leaves as zero", () => {
  expect(JSON.stringify(parseJson('{"a":-0}'))).toBe('{"a":0}');
});

test("digits within a text or a name are none of its business", () => {
  const text = '{"12345678901234567890":"12345678901234567890","a":"x: 12345678901234567890,"}';
  expect(JSON.stringify(parseJson(text))).toBe(text);
});

test("every integer comes back with the digits that were sent", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (number) => {
      expect(String(parseJson(String(number)))).toBe(String(number));
    }),
  );
});

test("a name of an object's own machinery changes no prototype beside large numbers either", () => {
  const parsed = parseJson('{"__proto__":{"admin":12345678901234567890}}') as Record<string, unknown>;
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(Object.entries(parsed)).toEqual([["__proto__", { admin: "12345678901234567890" }]]);
});
