import { describe, expect, test } from "vitest";
import { oneLine, splitLines } from "./lines.ts";

const breaks = ["\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"];

describe("a text of several lines", () => {
  test.each(breaks)("is split after its first line that ends in %j", (end) => {
    expect(splitLines(`${end} one ${end}${end}two ${end}three${end}`)).toEqual({
      headline: "one",
      rest: "two\nthree",
    });
  });

  test.each(breaks)("with %j becomes one line", (end) => {
    expect(oneLine(` one${end}${end} two${end}`)).toBe("one two");
  });

  test.each(["\u0000", "\u0007", "\u001b", "\u007f", "\u009b", "\u202a", "\u202e", "\u2066", "\u2069"])(
    "loses %j, which disguises it",
    (character) => {
      expect(oneLine(`${character}T${character}19 \n${character}\n${character}up${character}`)).toBe(
        "T19 up",
      );
      expect(splitLines(`${character}\nT${character}19\nu${character}p`)).toEqual({
        headline: "T19",
        rest: "up",
      });
    },
  );

  test("keeps invisible characters that scripts need, and replaces tabs with spaces", () => {
    expect(oneLine("\u05d0\u200e b\u200d\tc")).toBe("\u05d0\u200e b\u200d c");
  });

  test("of one line is all headline, and of none empty", () => {
    expect(splitLines("one")).toEqual({ headline: "one", rest: "" });
    expect(splitLines(" \n ")).toEqual({ headline: "", rest: "" });
    expect(oneLine(" \n ")).toBe("");
  });
});
