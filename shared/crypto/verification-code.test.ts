import { expect, test } from "vitest";
import { verificationCode } from "./verification-code.ts";

test("a code has six digits, the same for a notification and other ones for others and with another secret", () => {
  const codes = Array.from({ length: 200 }, (_, index) => verificationCode(`ntf_${index}`, "secret"));
  for (const code of codes) expect(code).toMatch(/^\d{6}$/);
  expect(new Set(codes).size).toBeGreaterThan(195);
  expect(verificationCode("ntf_1", "secret")).toBe(codes[1]);
  expect(verificationCode("ntf_1", "another")).not.toBe(codes[1]);
});
