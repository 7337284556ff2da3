import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import webPush from "web-push";
import { monday } from "../../../tests/support/builders.ts";
import { generateVapidKeys, isVapidPair, type VapidKeys, vapid } from "./vapid.ts";

const endpoint = "https://push.example.com:8443/send/abc?x=1";
const subject = "mailto:operators@example.com";

/** Reads an Authorization header. The test fails unless its token is signed with the key beside it. */
function read(authorization: string) {
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const publicKey = createPublicKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    },
  });
  const signed = Buffer.from(`${head}.${claims}`);
  const options = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  expect(verify("sha256", signed, options, Buffer.from(signature, "base64url"))).toBe(true);
  return { head: parse(head), claims: parse(claims), key };
}

const parse = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());

describe.each<{ by: string; keys: VapidKeys }>([
  { by: "us", keys: generateVapidKeys() },
  { by: "web-push", keys: webPush.generateVAPIDKeys() },
])("keys made by $by", ({ keys }) => {
  test("identify the platform as another implementation does", () => {
    const ours = vapid(keys, subject)(endpoint, monday);
    const { exp } = read(ours).claims;
    const theirs = webPush.getVapidHeaders(
      new URL(endpoint).origin,
      subject,
      keys.publicKey,
      keys.privateKey,
      "aes128gcm",
      exp,
    );
    expect(read(ours)).toEqual(read(theirs.Authorization));
  });

  test("belong together", () => {
    expect(isVapidPair(keys)).toBe(true);
    expect(isVapidPair({ ...keys, privateKey: generateVapidKeys().privateKey })).toBe(false);
    expect(isVapidPair({ ...keys, privateKey: "none" })).toBe(false);
  });
});

test("a token names the push service, and is valid for half a day", () => {
  const { claims } = read(vapid(generateVapidKeys(), subject)(endpoint, monday));
  expect(claims).toEqual({
    aud: "https://push.example.com:8443",
    exp: monday / 1_000 + 43_200,
    sub: subject,
  });
});
