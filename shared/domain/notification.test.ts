import { describe, expect, test } from "vitest";
import { aNotification, monday } from "../../tests/support/builders.ts";
import { claim, claimMs, delivered, undelivered } from "./notification.ts";

const claimed = aNotification({ claimedUntil: monday + claimMs });

describe("claiming a notification", () => {
  test("reserves it for as long as a delivery may take", () => {
    expect(claim(aNotification(), monday)).toMatchObject({
      kind: "claimed",
      notification: { claimedUntil: monday + claimMs, attempts: [] },
    });
  });

  test.each(["sent", "failed", "suppressed"] as const)("that is %s does nothing", (status) => {
    expect(claim(aNotification({ status }), monday)).toEqual({ kind: "finished" });
  });

  test("that somebody holds says until when", () => {
    expect(claim(claimed, monday + claimMs - 1)).toEqual({ kind: "busy", until: monday + claimMs });
  });

  test("whose claim has lapsed records that the earlier delivery is in doubt", () => {
    const decision = claim(claimed, monday + claimMs);
    expect(decision).toMatchObject({
      kind: "claimed",
      notification: {
        claimedUntil: monday + 2 * claimMs,
        attempts: [{ at: monday + claimMs, ok: false, detail: expect.stringContaining("in doubt") }],
      },
    });
  });
});

describe("after a delivery", () => {
  test("that succeeded it is sent, with what the provider answered", () => {
    expect(delivered(claimed, "accepted", monday + 1)).toMatchObject({
      status: "sent",
      sentAt: monday + 1,
      claimedUntil: null,
      attempts: [{ at: monday + 1, ok: true, detail: "accepted" }],
    });
  });

  test("that failed it waits for the next attempt", () => {
    expect(undelivered(claimed, "timed out", monday + 1, false)).toMatchObject({
      status: "queued",
      sentAt: null,
      claimedUntil: null,
      attempts: [{ at: monday + 1, ok: false, detail: "timed out" }],
    });
  });

  test("that failed for the last time it has failed", () => {
    expect(undelivered(claimed, "timed out", monday + 1, true)).toMatchObject({ status: "failed" });
  });
});
