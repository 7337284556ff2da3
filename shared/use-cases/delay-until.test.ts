import { expect, test } from "vitest";
import { limits } from "../domain/limits.ts";
import { delayUntil } from "./delay-until.ts";

const now = 1_750_000_000_000;

test.each([
  { dueAt: now - 5_000, delay: 0 },
  { dueAt: now, delay: 0 },
  { dueAt: now + 1, delay: 1 },
  { dueAt: now + 1_000, delay: 1 },
  { dueAt: now + 1_001, delay: 2 },
  { dueAt: now + limits.queueDelaySeconds * 1_000 + 1, delay: limits.queueDelaySeconds },
])("a message due at $dueAt waits $delay s", ({ dueAt, delay }) => {
  expect(delayUntil(dueAt, now)).toBe(delay);
});
