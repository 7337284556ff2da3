import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { spoken, spokenSentence } from "./speech.ts";

describe("a spoken text", () => {
  test.each([
    ["#12 [CRITICAL] checkout: error rate > 5%", "number 12 CRITICAL checkout: error rate above 5 percent"],
    ["see https://runbooks.example.com/a?b=c\nnow", "see a link. now"],
    ["Drill: answer it\nThere is no incident.", "Drill: answer it. There is no incident."],
    ["#1 disk (high)\n\nand 14 more: #17-#30", "number 1 disk high. and 14 more: number 17 to 30"],
    ["pages for ada@example.com", "pages for ada at example.com"],
    ["free < 5 GB\n", "free below 5 GB"],
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

test.each([
  ["No action is required.", "No action is required."],
  ["Is it the index?", "Is it the index?"],
  ["checkout is down:", "checkout is down."],
])("%j ends like a sentence", (text, words) => {
  expect(spokenSentence(text)).toBe(words);
});
