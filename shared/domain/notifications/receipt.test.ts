import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { aNotification, monday } from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { limits } from "../limits.ts";
import { type Notification, receiptKinds } from "./notification.ts";
import { genesisOf, proofOf, sealed } from "./proof.ts";
import { type ReceiptDraft, withReceipt } from "./receipt.ts";

const receipt = (fields: Partial<ReceiptDraft> = {}): ReceiptDraft => ({
  at: monday,
  kind: "delivered",
  detail: "delivered",
  providerId: "SM1",
  ...fields,
});

const withAttempt = (notification: Notification): Notification => {
  const attempt = { at: monday, ok: true, outcome: "sent", detail: "accepted" } as const;
  return { ...notification, attempts: [...notification.attempts, sealed(notification, attempt, sha256)] };
};

const proof = (notification: Notification) => proofOf(notification, sha256);

/** Attempts and receipts in any order. */
const anyHistory = fc
  .array(
    fc.oneof(
      fc.constant("attempt" as const),
      fc.record({
        at: fc.integer({ min: monday, max: monday + 1_000 }),
        kind: fc.constantFrom(...receiptKinds),
        detail: anyText(),
        providerId: fc.uuid(),
      }),
    ),
    { maxLength: 12 },
  )
  .map((entries) =>
    entries.reduce(
      (known, entry) => (entry === "attempt" ? withAttempt(known) : withReceipt(known, entry, sha256)),
      aNotification({ id: "ntf_1" }),
    ),
  );

describe("receipts of a notification", () => {
  test("are sealed with its attempts, in the order in which they were recorded", () => {
    fc.assert(
      fc.property(anyHistory, (notification) => {
        const { attempts, receipts } = notification;
        let head = genesisOf(notification, sha256);
        for (let done = 0; done <= attempts.length; done += 1) {
          const attempt = attempts[done - 1];
          if (attempt) {
            const { at, ok, outcome, detail } = attempt;
            head = sha256(JSON.stringify([head, at, ok, outcome, detail]));
          }
          for (const { at, kind, detail } of receipts.filter(({ afterAttempts }) => afterAttempts === done)) {
            head = sha256(JSON.stringify([head, at, kind, detail]));
          }
        }
        expect(proof(notification)).toMatchObject({ head, brokenAt: null, brokenReceiptAt: null });
      }),
    );
  });

  test("break the chain when one is changed or removed", () => {
    const first = withReceipt(withAttempt(aNotification()), receipt(), sha256);
    const both = withReceipt(first, receipt({ kind: "answered", detail: "acknowledged" }), sha256);
    const [delivered, answered] = both.receipts;
    if (!delivered || !answered) throw new Error("Both were recorded");
    const changed = { ...both, receipts: [{ ...delivered, kind: "undelivered" as const }, answered] };
    expect(proof(changed)).toMatchObject({ brokenAt: null, brokenReceiptAt: 0 });
    expect(proof({ ...both, receipts: [answered] })).toMatchObject({ brokenReceiptAt: 0 });
    expect(proof({ ...both, receipts: [delivered] }).head).not.toBe(proof(both).head);
    expect(proof(withAttempt(both))).toMatchObject({ brokenAt: null, brokenReceiptAt: null });
  });

  test("are recorded once per kind and ID of the provider", () => {
    const once = withReceipt(aNotification(), receipt(), sha256);
    expect(withReceipt(once, receipt({ at: monday + 1, detail: "again" }), sha256)).toBe(once);
    expect(withReceipt(once, receipt({ kind: "answered" }), sha256).receipts).toHaveLength(2);
    expect(withReceipt(once, receipt({ providerId: "SM2" }), sha256).receipts).toHaveLength(2);
  });

  test("are bounded in number and length, and well-formed", () => {
    const drafts = Array.from({ length: 50 }, (_, index) =>
      receipt({ providerId: `SM${index}`, detail: `\ud800${"🚨".repeat(5_000)}` }),
    );
    const full = drafts.reduce((known, draft) => withReceipt(known, draft, sha256), aNotification());
    expect(full.receipts).toHaveLength(limits.receiptsPerNotification);
    for (const { detail } of full.receipts) {
      expect(detail.length).toBeLessThanOrEqual(limits.attemptDetailLength);
      expect(detail.isWellFormed()).toBe(true);
    }
  });
});
