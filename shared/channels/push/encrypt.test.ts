import { createECDH, randomBytes } from "node:crypto";
import ece from "http_ece";
import { describe, expect, test } from "vitest";
import { encrypt, maxPlaintextBytes } from "./encrypt.ts";

function aBrowser() {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const auth = randomBytes(16);
  return { keys, auth, p256dh: keys.getPublicKey("base64url"), authText: auth.toString("base64url") };
}

const decrypt = (message: Buffer, { keys, auth }: ReturnType<typeof aBrowser>) =>
  ece.decrypt(message, { version: "aes128gcm", privateKey: keys, authSecret: auth }).toString();

describe("an encrypted message", () => {
  // RFC 8291, appendix A
  test("is the one of the RFC", () => {
    const message = encrypt(
      "When I grow up, I want to be a watermelon",
      {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
      {
        privateKey: Buffer.from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "base64url"),
        salt: Buffer.from("DGv6ra1nlYgDCS1FRnbzlw", "base64url"),
      },
    );
    expect(message.toString("base64url")).toBe(
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
  });

  test.each(["", "🚨 a page", "x".repeat(maxPlaintextBytes)])(
    "is decrypted by another implementation",
    (text) => {
      const browser = aBrowser();
      const message = encrypt(text, { p256dh: browser.p256dh, auth: browser.authText });
      expect(message.length).toBeLessThanOrEqual(4_096);
      expect(decrypt(message, browser)).toBe(text);
      expect(() => decrypt(message, aBrowser())).toThrow();
    },
  );

  test("differs from every other of the same text", () => {
    const browser = aBrowser();
    const [one, other] = [0, 1].map(() => encrypt("a", { p256dh: browser.p256dh, auth: browser.authText }));
    expect(one?.equals(other ?? Buffer.of())).toBe(false);
  });

  test("is not created if the text is too long or the key is invalid", () => {
    const { p256dh, authText: auth } = aBrowser();
    expect(() => encrypt("x".repeat(maxPlaintextBytes + 1), { p256dh, auth })).toThrow(RangeError);
    expect(() => encrypt("x", { p256dh: `B${"A".repeat(86)}`, auth })).toThrow();
  });
});
