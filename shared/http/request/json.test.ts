import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { Unreadable } from "../errors.ts";
import { readJson } from "./json.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("a body", () => {
  test("is read as JSON", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        fc.pre(!/\d{16}|e\+/.test(text)); // larger numbers keep their digits
        const parsed = JSON.parse(text);
        expect(JSON.stringify(readJson(text))).toBe(JSON.stringify(parsed));
      }),
    );
  });

  test.each(["", " ", "\n\t"])("that is empty, %j, is undefined", (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  test.each(["{", "nope", "{'a': 1}", "[1,]", "NaN", "\u0000", "{} {}", "\ufeff{}x"])(
    "that is %j can't be read",
    (text) => {
      expect(() => readJson(text)).toThrow(Unreadable);
    },
  );

  test("may nest to its limit, and not one deeper, however deep", () => {
    expect(readJson(nested(limits.jsonDepth))).toBeInstanceOf(Array);
    expect(() => readJson(nested(limits.jsonDepth + 1))).toThrow(Invalid);
    expect(() => readJson(nested(limits.bodyBytes / 2))).toThrow(Invalid);
    expect(() => readJson(`${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`)).toThrow(Invalid);
  });

  test("has lone surrogates replaced, in names too, and pairs kept", () => {
    expect(readJson('{"a\\ud83d":["\\udea8","\\ud83d\\udea8"]}')).toEqual({ "a\ufffd": ["\ufffd", "🚨"] });
  });

  test("has NUL characters replaced", () => {
    expect(readJson('{"a":"x\\u0000y"}')).toEqual({ a: "x\ufffdy" });
  });

  test.each([
    ['{"a":[{"b":"\\u0000"}]}', "a.0.b"],
    ['{"a":"\\ud83d"}', "a"],
    ['{"a":{"\\ud83d":1}}', "a"],
  ])("of the configuration is rejected with texts that cannot be stored: %s", (body, path) => {
    expect(() => readJson(body, "reject")).toThrow(
      expect.objectContaining({ faults: [{ path, message: expect.stringContaining("NUL") }] }),
    );
    expect(readJson('{"a":"\\ud83d\\udea8"}', "reject")).toEqual({ a: "🚨" });
  });

  test("with a name of an object's own machinery changes no prototype", () => {
    const body = readJson('{"__proto__":{"admin":true},"constructor":1}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect(body.admin).toBeUndefined();
    expect(Object.keys(body)).toEqual(["__proto__", "constructor"]);
  });
});
