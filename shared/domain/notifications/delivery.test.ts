import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aNotification, monday } from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import {
  accepted,
  claim,
  claimMs,
  delivered,
  isUntouched,
  maxAttempts,
  PermanentFailure,
  retryDelaySeconds,
  settled,
  suppressed,
  TemporaryFailure,
  undelivered,
} from "./delivery.ts";
import { type ReceiptKind, receiptKinds } from "./notification.ts";
import { proofOf } from "./proof.ts";
import { withReceipt } from "./receipt.ts";

const claimed = aNotification({ claimedUntil: monday + claimMs });
const timedOut = new TemporaryFailure("timed out");

describe("claiming a notification", () => {
  test("reserves it for as long as a delivery may take", () => {
    expect(claim(aNotification(), { now: monday }, sha256)).toMatchObject({
      kind: "claimed",
      notification: { claimedUntil: monday + claimMs, attempts: [] },
    });
  });

  test.each(["sent", "suppressed"] as const)("that is %s does nothing", (status) => {
    expect(claim(aNotification({ status }), { now: monday }, sha256)).toEqual({ kind: "finished" });
  });

  test("that has failed tries it once more for the message that gave it up, and for no other", () => {
    const failed = settled(undelivered(claimed, new PermanentFailure("no such number"), monday, sha256));
    expect(claim(failed, { now: monday, givenUpAfter: 1 }, sha256)).toMatchObject({
      kind: "claimed",
      notification: {
        status: "queued",
        claimedUntil: monday + claimMs,
        attempts: [{ outcome: "permanent" }],
      },
    });
    for (const givenUpAfter of [undefined, 0, 2]) {
      expect(claim(failed, { now: monday, givenUpAfter }, sha256)).toEqual({ kind: "finished" });
    }
  });

  test("that has failed stays with the process that handles the failure, until the claim expires", () => {
    const failed = undelivered(claimed, new PermanentFailure("no such number"), monday, sha256);
    expect(claim(failed, { now: monday + claimMs - 1 }, sha256)).toEqual({
      kind: "busy",
      until: monday + claimMs,
    });
    expect(claim(failed, { now: monday + claimMs }, sha256)).toMatchObject({
      kind: "claimed",
      notification: { status: "queued", attempts: [{ outcome: "permanent" }] },
    });
  });

  test("that waits for its next attempt says until when", () => {
    const waiting = { ...undelivered(claimed, timedOut, monday, sha256), nextAttemptAt: monday + 12_345.6 };
    expect(claim(waiting, { now: monday + 12_345 }, sha256)).toEqual({
      kind: "busy",
      until: monday + 12_345.6,
    });
    expect(claim(waiting, { now: monday + 12_346 }, sha256)).toMatchObject({ kind: "claimed" });
  });

  test("that is claimed has the end of its claim", () => {
    expect(claim(claimed, { now: monday + claimMs - 1 }, sha256)).toEqual({
      kind: "busy",
      until: monday + claimMs,
    });
  });

  test("whose claim has lapsed was accepted if it was delivered or answered since the last attempt", () => {
    const receiptOf = (kind: ReceiptKind) => ({ at: monday + 1, kind, detail: kind, providerId: "SM1" });
    const outcomes = receiptKinds.map((kind) => {
      const reported = withReceipt(claimed, receiptOf(kind), sha256);
      expect(claim(reported, { now: monday + claimMs - 1 }, sha256).kind).toBe("busy");
      return [kind, claim(reported, { now: monday + claimMs }, sha256).kind];
    });
    expect(Object.fromEntries(outcomes)).toEqual({
      delivered: "accepted",
      undelivered: "claimed",
      shown: "accepted",
      answered: "accepted",
    });
    const arrived = withReceipt(claimed, receiptOf("delivered"), sha256);
    const sent = accepted(arrived, monday + claimMs, sha256);
    expect(sent).toMatchObject({ status: "sent", sentAt: monday + 1, claimedUntil: null });
    const retried = { ...undelivered(arrived, timedOut, monday, sha256), claimedUntil: monday + claimMs };
    expect(claim(retried, { now: monday + claimMs }, sha256).kind).toBe("claimed");
  });

  test("whose claim has lapsed records that the earlier delivery is in doubt", () => {
    expect(claim(claimed, { now: monday + claimMs }, sha256)).toMatchObject({
      kind: "claimed",
      notification: {
        claimedUntil: monday + 2 * claimMs,
        attempts: [
          {
            at: monday + claimMs,
            ok: false,
            outcome: "in_doubt",
            detail: expect.stringContaining("in doubt"),
          },
        ],
      },
    });
  });
});

describe("after a delivery", () => {
  test("says whether it was only simulated, also when an earlier attempt was", () => {
    const simulated = delivered(claimed, { detail: "printed", simulated: true }, monday, sha256);
    expect(simulated).toMatchObject({ status: "sent", simulated: true });
    expect(delivered(simulated, { detail: "accepted" }, monday, sha256)).toMatchObject({ simulated: false });
  });

  test("that succeeded it is sent, with the provider's response", () => {
    expect(delivered(claimed, { detail: "accepted" }, monday + 1, sha256)).toMatchObject({
      status: "sent",
      sentAt: monday + 1,
      claimedUntil: null,
      attempts: [{ at: monday + 1, ok: true, outcome: "sent", detail: "accepted" }],
    });
  });

  test("that failed for now it waits for the next attempt", () => {
    expect(undelivered(claimed, timedOut, monday + 1, sha256)).toMatchObject({
      status: "queued",
      sentAt: null,
      claimedUntil: null,
      attempts: [{ at: monday + 1, ok: false, outcome: "temporary", detail: "timed out" }],
    });
  });

  test("that failed permanently is failed immediately", () => {
    expect(undelivered(claimed, new PermanentFailure("gone"), monday, sha256)).toMatchObject({
      status: "failed",
      claimedUntil: monday + claimMs,
      attempts: [{ ok: false, outcome: "permanent", detail: "gone" }],
    });
  });

  test("that failed for now as often as it may, it has failed with the last", () => {
    let notification = claimed;
    const statuses = Array.from({ length: maxAttempts }, (_, index) => {
      notification = undelivered(notification, timedOut, monday + index, sha256);
      return notification.status;
    });
    expect(statuses).toEqual([...Array<string>(maxAttempts - 1).fill("queued"), "failed"]);
    expect(proofOf(notification, sha256).brokenAt).toBeNull();
  });
});

test("suppressed has the reason, and no claim", () => {
  expect(suppressed(claimed, "acknowledged")).toMatchObject({
    status: "suppressed",
    reason: "acknowledged",
    claimedUntil: null,
  });
});

test("untouched means queued, never attempted and unclaimed", () => {
  expect(isUntouched(aNotification())).toBe(true);
  expect(isUntouched(claimed)).toBe(false);
  expect(isUntouched(suppressed(claimed, "acknowledged"))).toBe(false);
  expect(isUntouched(undelivered(claimed, timedOut, monday, sha256))).toBe(false);
});

describe("the delay before the next attempt", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const attempts = fc.integer({ min: 1, max: maxAttempts - 1 });

  test("doubles, and all of them together take about half an hour", () => {
    const delays = Array.from({ length: maxAttempts - 1 }, (_, index) =>
      retryDelaySeconds(index + 1, 0.5, null),
    );
    expect(delays).toEqual([15, 30, 60, 120, 240, 480, 960]);
    expect(delays.reduce((sum, delay) => sum + delay) / 60).toBeCloseTo(30, -1);
  });

  test("is a fifth more or less at most", () => {
    fc.assert(
      fc.property(attempts, random, (count, drawn) => {
        const ratio = retryDelaySeconds(count, drawn, null) / retryDelaySeconds(count, 0.5, null);
        expect(ratio).toBeGreaterThanOrEqual(0.8 - 1e-9);
        expect(ratio).toBeLessThanOrEqual(1.2 + 1e-9);
      }),
    );
  });

  test("is what the provider asked for if that is longer, but a quarter of an hour at most", () => {
    expect(retryDelaySeconds(1, 0.5, 100)).toBe(100);
    expect(retryDelaySeconds(1, 0.5, 86_400)).toBe(900);
    expect(retryDelaySeconds(4, 0.5, 100)).toBe(120);
    expect(retryDelaySeconds(7, 0.5, 86_400)).toBe(960);
    expect(retryDelaySeconds(1, 0.5, 0)).toBe(15);
  });
});
