import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvText } from "./csv.ts";

/** Reads fields as RFC 4180 defines them. */
function read(text: string): string[][] {
  const lines: string[][] = [[""]];
  let quoted = false;
  for (let at = 1; at < text.length; at += 1) {
    const line = lines.at(-1) ?? [];
    const char = text[at] ?? "";
    if (quoted && char === '"' && text[at + 1] === '"') {
      line[line.length - 1] += '"';
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ",") line.push("");
    else if (!quoted && char === "\r") {
      at += 1;
      lines.push([""]);
    } else line[line.length - 1] += char;
  }
  return lines.slice(0, -1);
}

describe("a CSV file", () => {
  test("has a line per row, with quotes where a field needs them", () => {
    expect(
      csvText([
        ["Name", "Number"],
        ['a, "b"\nc', 12],
        ["für 山", null],
      ]),
    ).toBe('\uFEFFName,Number\r\n"a, ""b""\nc",12\r\nfür 山,\r\n');
  });

  test.each(["=1+1", "+49151", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("takes %j as a text", (text) => {
    expect(read(csvText([[text]]))).toEqual([[`'${text}`]]);
  });

  test("keeps negative numbers", () => {
    expect(read(csvText([[-3.5]]))).toEqual([["-3.5"]]);
  });

  test("has all fields of any texts, none of which is a formula", () => {
    const texts = fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: 3, maxLength: 3 }));
    fc.assert(
      fc.property(texts, (lines) => {
        const fields = read(csvText(lines));
        const isFormula = (text: string) => /^[=+\-@\t\r\n＝＋－＠]/.test(text);
        expect(fields).toEqual(
          lines.map((line) => line.map((text) => (isFormula(text) ? `'${text}` : text))),
        );
        expect(fields.flat().some((text) => /^[=+\-@\t\r]/.test(text))).toBe(false);
      }),
    );
  });
});
