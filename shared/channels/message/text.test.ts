import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { clip } from "../../domain/text/clip.ts";
import { clipBefore } from "./text.ts";

const shortText = anyText({ maxLength: 60 });
const anyLength = fc.integer({ min: 0, max: 60 });

describe("a text that is clipped", () => {
  test("is what it was when it fits, and ends in an ellipsis when it does not", () => {
    expect(clip("abc", 3)).toBe("abc");
    expect(clip("abcd", 3)).toBe("ab…");
    expect(clip("🚨🚨", 3)).toBe("🚨…");
    expect(clip("a&b", 5, (each) => (each === "&" ? "&amp;" : each))).toBe("a…");
  });

  test("is never longer than it may be, nor has it half a character", () => {
    fc.assert(
      fc.property(shortText, anyLength, (text, maxLength) => {
        const clipped = clip(text, maxLength, (each) => (each < "a" ? `\\${each}` : each));
        expect(clipped.length).toBeLessThanOrEqual(maxLength);
        expect(clipped.isWellFormed()).toBe(true);
      }),
    );
  });

  test("before links keeps them complete, or omits them if they would be most of it", () => {
    fc.assert(
      fc.property(shortText, shortText, anyLength, (tail, text, maxLength) => {
        const result = clipBefore(tail, text, maxLength);
        expect(result.length).toBeLessThanOrEqual(maxLength);
        if (tail.length <= maxLength / 2) expect(result.endsWith(tail)).toBe(true);
      }),
    );
  });
});
