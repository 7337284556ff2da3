import { afterEach, expect, test, vi } from "vitest";
import { StaleVersion, Unavailable } from "../domain/errors.ts";
import { retryOnConflict } from "./retry-on-conflict.ts";

afterEach(() => void vi.useRealTimers());

test("tries again after waits that grow, until two seconds are over: then it is to be tried later", async () => {
  vi.useFakeTimers();
  let attempts = 0;
  const outcome = retryOnConflict(async () => {
    attempts += 1;
    throw new StaleVersion("changed meanwhile");
  }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(attempts).toBeGreaterThan(3);
  await vi.advanceTimersByTimeAsync(600);
  expect(await outcome).toBeInstanceOf(Unavailable);
  expect(attempts).toBeLessThan(100);
});

test("of fifty who count on one number at once, each is counted", async () => {
  vi.useFakeTimers();
  let stored = { count: 0, version: 0 };
  const later = () => new Promise((resolve) => setTimeout(resolve, 1));
  const addOne = () =>
    retryOnConflict(async () => {
      const known = stored;
      await later();
      if (stored.version !== known.version) throw new StaleVersion("changed meanwhile");
      stored = { count: known.count + 1, version: known.version + 1 };
    });
  const all = Promise.all(Array.from({ length: 50 }, addOne));
  await vi.advanceTimersByTimeAsync(2_100);
  await all;
  expect(stored.count).toBe(50);
});

test("another error is thrown at once", async () => {
  let attempts = 0;
  const broken = retryOnConflict(async () => {
    attempts += 1;
    throw new Error("broken");
  });
  await expect(broken).rejects.toThrow("broken");
  expect(attempts).toBe(1);
});
