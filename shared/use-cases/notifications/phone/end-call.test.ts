import { expect, test } from "vitest";
import { aNotification, monday } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import type { ReceiptKind } from "../../../domain/notifications/notification.ts";
import { addReceipt } from "../add-receipt.ts";
import { endCall } from "./end-call.ts";

type Receipts = readonly (readonly [ReceiptKind, string])[];

/** A sent call with receipts, which ends. */
async function ended(receipts: Receipts) {
  const { deps, seen } = testSystem();
  const sent = aNotification({ channel: "voice", address: "+4915112345678", status: "sent", sentAt: monday });
  await seen.notifications.create(sent);
  for (const [kind, providerId] of receipts)
    await addReceipt(deps, sent.id, { at: monday, kind, detail: "", providerId });
  const known = await seen.notifications.find(sent.id);
  if (known) await endCall(deps, known, "u1", monday);
  return seen.notifications.find(sent.id);
}

test("a call that ends before anyone was heard has failed", async () => {
  expect(await ended([])).toMatchObject({
    status: "failed",
    receipts: [{ kind: "undelivered", detail: "answered by someone unknown", providerId: "u1" }],
  });
  // An earlier call says nothing of this one.
  expect(await ended([["delivered", "u0"]])).toMatchObject({ status: "failed" });
});

test.each<{ receipts: Receipts }>([
  { receipts: [["delivered", "u1"]] },
  { receipts: [["answered", "u1 4"]] },
])("a call in which a person was heard stays delivered: $receipts", async ({ receipts }) => {
  expect(await ended(receipts)).toMatchObject({ status: "sent", receipts: { length: 1 } });
});
