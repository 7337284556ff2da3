import fc from "fast-check";
import { expect, test } from "vitest";
import { minutes, monday, seconds } from "../../tests/support/builders.ts";
import { TooManyRequests } from "./errors.ts";
import { rateLimit, type Spend } from "./rate-limit.ts";

const limited = (perMinute: number): Spend => {
  const spend = rateLimit(perMinute);
  if (!spend) throw new Error("No limit");
  return spend;
};
/** Seconds to wait; 0 for what is let in. */
const waitOf = (spend: Spend, who: string, now: number): number => {
  try {
    spend(who, now);
    return 0;
  } catch (error) {
    if (error instanceof TooManyRequests) return error.retryAfterSeconds;
    throw error;
  }
};

test("a minute's requests go at once, and then one whenever there is one again", () => {
  const spend = limited(30);
  for (let count = 0; count < 30; count += 1) expect(waitOf(spend, "a", monday)).toBe(0);
  expect(waitOf(spend, "a", monday)).toBe(2);
  expect(waitOf(spend, "a", monday + seconds(1))).toBe(1);
  expect(waitOf(spend, "a", monday + seconds(2))).toBe(0);
  expect(waitOf(spend, "a", monday + seconds(2))).toBe(2);
});

test("one does not pay for another", () => {
  const spend = limited(1);
  expect(waitOf(spend, "a", monday)).toBe(0);
  expect(waitOf(spend, "b", monday)).toBe(0);
  expect(waitOf(spend, "a", monday)).toBe(60);
});

test("whoever waits as long as they are told is let in, whatever was before", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(fc.nat(5_000), { maxLength: 50 }),
      (perMinute, pauses) => {
        const spend = limited(perMinute);
        let now = monday;
        for (const pause of pauses) {
          now += pause;
          const wait = waitOf(spend, "a", now);
          if (wait > 0) now += seconds(wait);
          if (wait > 0) expect(waitOf(spend, "a", now)).toBe(0);
        }
      },
    ),
  );
});

test("no span of time lets more in than a full bucket and what came back since", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.nat(2_000), { maxLength: 300 }),
      (perMinute, pauses) => {
        const spend = limited(perMinute);
        let now = monday;
        let letIn = 0;
        for (const pause of pauses) {
          now += pause;
          if (waitOf(spend, "a", now) === 0) letIn += 1;
        }
        expect(letIn).toBeLessThanOrEqual(perMinute + ((now - monday) / minutes(1)) * perMinute + 1e-6);
      },
    ),
  );
});

test("a clock that goes back makes nobody wait longer", () => {
  const spend = limited(60);
  expect(waitOf(spend, "a", monday)).toBe(0);
  expect(waitOf(spend, "a", monday - minutes(10))).toBe(0);
});

test("0 is no limit", () => {
  expect(rateLimit(0)).toBeUndefined();
});
