import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { aNotification, monday } from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { type Attempt, attemptOutcomes, type Notification } from "./notification.ts";
import { genesisOf, proofOf, sealed } from "./proof.ts";

type Fields = Omit<Attempt, "hash">;

const fields: fc.Arbitrary<Fields> = fc.record({
  at: fc.integer({ min: monday, max: monday + 1_000_000 }),
  ok: fc.boolean(),
  outcome: fc.constantFrom(...attemptOutcomes),
  detail: anyText(),
});

const withAttempts = (all: readonly Fields[]): Notification => {
  const attempts: Attempt[] = [];
  const notification = aNotification({ id: "ntf_1", attempts });
  for (const attempt of all) attempts.push(sealed(notification, attempt, sha256));
  return notification;
};

/** With at least one attempt, and which of them. */
const tried = fc
  .array(fields, { minLength: 1, maxLength: 8 })
  .chain((all) => fc.tuple(fc.constant(withAttempts(all)), fc.nat(all.length - 1)));

const headOf = (notification: Notification) => proofOf(notification, sha256).head;
const brokenAt = (notification: Notification) => proofOf(notification, sha256).brokenAt;

describe("a notification's chain", () => {
  test("begins with what was to be sent, and without attempts ends there", () => {
    const notification = aNotification();
    const genesis = genesisOf(notification, sha256);
    expect(proofOf(notification, sha256)).toEqual({
      genesis,
      head: genesis,
      brokenAt: null,
      brokenReceiptAt: null,
    });
    const { id, incidentId, channel, recipient, address, message, createdAt } = notification;
    expect(genesis).toBe(
      sha256(JSON.stringify([id, incidentId, channel, recipient, address, message, createdAt])),
    );
  });

  test("holds as it was made, and its head is the last attempt's hash", () => {
    fc.assert(
      fc.property(tried, ([notification]) => {
        expect(brokenAt(notification)).toBeNull();
        expect(headOf(notification)).toBe(notification.attempts.at(-1)?.hash);
      }),
    );
  });

  test("can be recomputed from its description", () => {
    fc.assert(
      fc.property(tried, ([notification]) => {
        const head = notification.attempts.reduce(
          (before, { at, ok, outcome, detail }) => sha256(JSON.stringify([before, at, ok, outcome, detail])),
          genesisOf(notification, sha256),
        );
        expect(head).toBe(headOf(notification));
      }),
    );
  });

  test("breaks at an attempt that was changed", () => {
    fc.assert(
      fc.property(tried, fields, ([notification, index], changed) => {
        const attempts = notification.attempts.map((attempt, at) =>
          at === index ? { ...attempt, ...changed } : attempt,
        );
        fc.pre(JSON.stringify(attempts) !== JSON.stringify(notification.attempts));
        expect(brokenAt({ ...notification, attempts })).toBe(index);
      }),
    );
  });

  test("breaks after an attempt that was changed and resealed, or has another head", () => {
    fc.assert(
      fc.property(tried, fields, ([notification, index], changed) => {
        const before = { ...notification, attempts: notification.attempts.slice(0, index) };
        const forged = sealed(before, changed, sha256);
        fc.pre(forged.hash !== notification.attempts[index]?.hash);
        const attempts = notification.attempts.with(index, forged);
        const last = index === attempts.length - 1;
        expect(brokenAt({ ...notification, attempts })).toBe(last ? null : index + 1);
        if (last) expect(headOf({ ...notification, attempts })).not.toBe(headOf(notification));
      }),
    );
  });

  test("breaks where an attempt was put in", () => {
    fc.assert(
      fc.property(tried, fields, ([notification, index], inserted) => {
        const before = { ...notification, attempts: notification.attempts.slice(0, index) };
        const attempts = notification.attempts.toSpliced(index, 0, sealed(before, inserted, sha256));
        expect(brokenAt({ ...notification, attempts })).toBe(index + 1);
      }),
    );
  });

  test("breaks where an attempt was taken out; without the last it has another head", () => {
    fc.assert(
      fc.property(tried, ([notification, index]) => {
        const attempts = notification.attempts.toSpliced(index, 1);
        const last = index === attempts.length;
        expect(brokenAt({ ...notification, attempts })).toBe(last ? null : index);
        expect(headOf({ ...notification, attempts }) === headOf(notification)).toBe(!last);
      }),
    );
  });

  test.each([
    { id: "ntf_2" },
    { incidentId: "inc_02" },
    { incidentId: null },
    { channel: "sms" },
    { recipient: "bob@example.com" },
    { address: "bob@example.com" },
    { message: "all is well" },
    { createdAt: monday + 1 },
  ] as const)("breaks at its first attempt when what was to be sent becomes %o", (change) => {
    fc.assert(
      fc.property(tried, ([notification]) => {
        expect(brokenAt({ ...notification, ...change })).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
