import { createECDH } from "node:crypto";
import { expect, test } from "vitest";
import { isP256Point } from "./p256-point.ts";

function aKey(): Buffer {
  const pair = createECDH("prime256v1");
  return pair.generateKeys();
}

test("public keys of browsers are points of the curve", () => {
  for (let count = 0; count < 20; count += 1) expect(isP256Point(aKey().toString("base64url"))).toBe(true);
});

test("other bytes are not, nor are compressed and short keys", () => {
  const key = aKey();
  const changed = Buffer.from(key);
  changed[64] = (changed[64] ?? 0) ^ 1;
  const compressed = Buffer.concat([Buffer.of(2), key.subarray(1)]);
  const beyond = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)]);
  for (const bytes of [changed, compressed, beyond, key.subarray(0, 64), Buffer.alloc(65), Buffer.of()])
    expect(isP256Point(bytes.toString("base64url"))).toBe(false);
});
