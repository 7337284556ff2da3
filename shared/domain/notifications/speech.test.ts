import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { spoken } from "./speech.ts";

describe("a spoken text", () => {
  test.each([
    ["#12 [CRITICAL] checkout: error rate > 5%", "number 12 CRITICAL checkout: error rate 5 percent"],
    ["see https://runbooks.example.com/a?b=c\nnow", "see a link now"],
    ['</Say><Play>x</Play> & "y"', "Say Play x Play and y"],
    ["db_main/eu-1 (replica)", "db main eu-1 replica"],
    ["Zürich läuft nicht 🚨", "Zürich läuft nicht"],
  ])("%j is read as %j", (text, words) => {
    expect(spoken(text)).toBe(words);
  });

  test("has no signs of markup, no control characters and at most 240 characters", () => {
    fc.assert(
      fc.property(anyText({ maxLength: 600 }), (text) => {
        const words = spoken(text);
        expect(words).not.toMatch(/[<>&"\p{Cc}\p{Cs}]/u);
        expect([...words].length).toBeLessThanOrEqual(240);
      }),
    );
    expect(spoken("word ".repeat(200))).toMatch(/^(word )+word$/);
  });
});
