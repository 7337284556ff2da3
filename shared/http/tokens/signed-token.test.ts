import { expect, test } from "vitest";
import { isSignatureOf, openToken, type Purpose, signatureOf, signToken } from "./signed-token.ts";

const purposes: readonly Purpose[] = ["link", "session", "flash", "form"];
const [secret, older] = ["a secret of thirty-two characters", "an older secret of as many letters"];

test.each(purposes)("a token of %s is valid for this purpose alone, with any secret in use", (purpose) => {
  const token = signToken(purpose, "a.payload", older);
  expect(openToken(purpose, token, [secret, older])).toBe("a.payload");
  expect(openToken(purpose, token, [secret])).toBeUndefined();
  expect(openToken(purpose, token, [])).toBeUndefined();
  for (const other of purposes.filter((each) => each !== purpose))
    expect(openToken(other, token, [secret, older]), other).toBeUndefined();
});

test.each(["", ".", "a.payload", "a.payload.", ".signature", "a.payload.AAAA"])("%j is no token", (text) => {
  expect(openToken("session", text, [secret])).toBeUndefined();
});

test("the signature of a payload that is not sent along", () => {
  const signature = signatureOf("form", "owner", secret);
  expect(isSignatureOf("form", "owner", signature, [older, secret])).toBe(true);
  expect(isSignatureOf("form", "somebody else", signature, [older, secret])).toBe(false);
});

test("a link's signature has 128 bits, every other one 256", () => {
  const lengths = purposes.map(
    (purpose) => Buffer.from(signatureOf(purpose, "", secret), "base64url").length,
  );
  expect(lengths).toEqual([16, 32, 32, 32]);
});
