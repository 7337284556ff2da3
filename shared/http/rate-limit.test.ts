import fc from "fast-check";
import { expect, test } from "vitest";
import { minutes, monday, seconds } from "../../tests/support/builders.ts";
import { TooManyRequests } from "../domain/errors.ts";
import { type ConsumeQuota, rateLimit } from "./rate-limit.ts";

const limited = (perMinute: number): ConsumeQuota => {
  const consume = rateLimit(perMinute);
  if (!consume) throw new Error("No limit");
  return consume;
};
/** Seconds to wait; 0 for what is let in. */
const waitOf = (consume: ConsumeQuota, who: string, now: number): number => {
  try {
    consume(who, now);
    return 0;
  } catch (error) {
    if (error instanceof TooManyRequests) return error.retryAfterSeconds;
    throw error;
  }
};

test("a minute's requests go at once, and then one whenever there is one again", () => {
  const consume = limited(30);
  for (let count = 0; count < 30; count += 1) expect(waitOf(consume, "a", monday)).toBe(0);
  expect(waitOf(consume, "a", monday)).toBe(2);
  expect(waitOf(consume, "a", monday + seconds(1))).toBe(1);
  expect(waitOf(consume, "a", monday + seconds(2))).toBe(0);
  expect(waitOf(consume, "a", monday + seconds(2))).toBe(2);
});

test("one does not pay for another", () => {
  const consume = limited(1);
  expect(waitOf(consume, "a", monday)).toBe(0);
  expect(waitOf(consume, "b", monday)).toBe(0);
  expect(waitOf(consume, "a", monday)).toBe(60);
});

test("a client that waits for Retry-After is always accepted", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(fc.nat(5_000), { maxLength: 50 }),
      (perMinute, pauses) => {
        const consume = limited(perMinute);
        let now = monday;
        for (const pause of pauses) {
          now += pause;
          const wait = waitOf(consume, "a", now);
          if (wait > 0) now += seconds(wait);
          if (wait > 0) expect(waitOf(consume, "a", now)).toBe(0);
        }
      },
    ),
  );
});

test("any period allows at most a full bucket and the tokens refilled since", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.nat(2_000), { maxLength: 300 }),
      (perMinute, pauses) => {
        const consume = limited(perMinute);
        let now = monday;
        let accepted = 0;
        for (const pause of pauses) {
          now += pause;
          if (waitOf(consume, "a", now) === 0) accepted += 1;
        }
        expect(accepted).toBeLessThanOrEqual(perMinute + ((now - monday) / minutes(1)) * perMinute + 1e-6);
      },
    ),
  );
});

test("a clock that goes back extends no wait", () => {
  const consume = limited(60);
  expect(waitOf(consume, "a", monday)).toBe(0);
  expect(waitOf(consume, "a", monday - minutes(10))).toBe(0);
});

test("0 is no limit", () => {
  expect(rateLimit(0)).toBeUndefined();
});
