import fc from "fast-check";

const surrogates = { from: 0xd8_00, count: 0x8_00 };

/** Any character but half a pair of surrogates: what `unit: "binary"` means, which maps all million of them first. */
export const anyCharacter = fc.nat(0x10_ff_ff - surrogates.count).map(
  (index) => String.fromCodePoint(index < surrogates.from ? index : index + surrogates.count),
  (text) => {
    const code = typeof text === "string" ? text.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== text) throw new Error("Not one character");
    return code < surrogates.from ? code : code - surrogates.count;
  },
);

/** Texts of any characters, also names like `__proto__`. */
export function anyText(constraints: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, ...constraints });
}
