import { expect, test } from "vitest";
import { anApiKey, monday } from "../../../tests/support/builders.ts";
import { apiKeyOf, apiKeyPrefix, isValid, looksLikeApiKey } from "./api-key.ts";

const random = "CbtYxp8pAFewslLpZ7MT6KUG6Jiimx0lV2S9b5QJ-_g";

test("a key has a recognizable prefix, and its preview shows six characters", () => {
  expect(looksLikeApiKey(apiKeyOf(random))).toBe(true);
  expect(apiKeyPrefix(apiKeyOf(random))).toBe("ipk_CbtYxp");
});

test.each(["", random, `ipk_${random} `, `ipk_${random.slice(1)}`, `ipk_${random}a`, `IPK_${random}`])(
  "%j is none",
  (text) => {
    expect(looksLikeApiKey(text)).toBe(false);
  },
);

test("a key lets in until it is revoked, or its time is over", () => {
  expect(isValid(anApiKey(), monday)).toBe(true);
  expect(isValid(anApiKey({ revokedAt: monday }), monday)).toBe(false);
  expect(isValid(anApiKey({ validUntil: monday + 1 }), monday)).toBe(true);
  expect(isValid(anApiKey({ validUntil: monday }), monday)).toBe(false);
});
