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

  test("of one line is all headline, and of none empty", () => {
    expect(splitLines("one")).toEqual({ headline: "one", rest: "" });
    expect(splitLines(" \n ")).toEqual({ headline: "", rest: "" });
    expect(oneLine(" \n ")).toBe("");
  });
});
