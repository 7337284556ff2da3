import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, minutes } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import type { Channel } from "../../channels/channel-type.ts";
import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import { proofOf } from "../../domain/notifications/proof.ts";
import type { ReceiptDraft } from "../../domain/notifications/receipt.ts";
import { addReceipt } from "./add-receipt.ts";

const everything = { limit: 200, after: null };

const delivered = { kind: "delivered", detail: "delivered", providerId: "SM1" } as const;

/** A page to Ada by SMS, then by email, and the way to add a receipt to the first one. */
async function pagedSystem(channel?: Channel) {
  const system = testSystem(channel && { channel });
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  const phone = { id: "phone", channel: "sms", address: "+4915112345678" };
  await system.seen.users.put(aUser({ email: ada.email, contactMethods: [phone] }));
  await system.receive(aDraft());
  return {
    system,
    add: (id: string, receipt: Omit<ReceiptDraft, "at">) =>
      addReceipt(system.deps, id, { ...receipt, at: system.now() }),
    page: async () => {
      const { items } = await system.seen.notifications.list({ channel: "sms" }, everything);
      const [page] = items;
      if (!page) throw new Error("no page");
      return page;
    },
  };
}

describe("a receipt", () => {
  test("is recorded once, and its hash is in the logs", async () => {
    const { system, add, page } = await pagedSystem();
    await system.pump();
    const { id } = await page();
    await Promise.all([add(id, delivered), add(id, delivered)]);
    await add(id, delivered);
    const { receipts } = await page();
    expect(receipts).toMatchObject([{ ...delivered, afterAttempts: 1 }]);
    const logged = system.lines.filter(({ message }) => message === "notification receipt recorded");
    expect(logged.map(({ fields }) => fields?.hash)).toEqual([receipts[0]?.hash]);
  });

  test.each([
    { kind: "delivered", status: "sent", calls: 1 },
    { kind: "answered", status: "sent", calls: 1 },
    { kind: "undelivered", status: "sent", calls: 2 },
  ] as const)("after the process died shows if the message was accepted: $kind", async (expected) => {
    let isDying = false;
    const { system, add, page } = await pagedSystem({
      async deliver() {
        if (system.pages.length === 1) isDying = true;
        return { detail: "accepted" };
      },
    });
    system.faults.plan(() => (isDying ? "dies" : undefined));
    await system.pump();
    isDying = false;
    const { id, status } = await page();
    expect(status).toBe("queued");
    await add(id, { ...delivered, kind: expected.kind });
    await system.settle({ within: minutes(4) });
    const after = await page();
    expect(after.status).toBe(expected.status);
    expect(system.pages.map(({ channel }) => channel)).toEqual(Array(expected.calls).fill("sms"));
    expect(proofOf(after, system.deps.sha256)).toMatchObject({ brokenAt: null, brokenReceiptAt: null });
  });

  test("of an unknown notification is ignored", async () => {
    const { add } = await pagedSystem();
    expect(await add("ntf_none", delivered)).toBeUndefined();
  });

  test.each([
    { result: undefined, status: "sent", pages: ["sms"] },
    { result: new PermanentFailure("no such number"), status: "failed", pages: ["sms", "email"] },
  ])("that arrives before the provider's response is kept with the attempt: $status", async (expected) => {
    const provider: Channel = {
      async deliver({ notification: { id, channel } }) {
        if (channel !== "sms") return { detail: "accepted" };
        await paged.add(id, delivered);
        if (expected.result) throw expected.result;
        return { detail: "accepted" };
      },
    };
    const paged = await pagedSystem(provider);
    await paged.system.settle({ within: minutes(4) });
    const page = await paged.page();
    expect(page).toMatchObject({
      status: expected.status,
      claimedUntil: null,
      attempts: [{ ok: expected.status === "sent" }],
      receipts: [{ kind: "delivered", afterAttempts: 0 }],
    });
    expect(paged.system.pages.map(({ channel }) => channel)).toEqual(expected.pages);
    const { head, brokenAt, brokenReceiptAt } = proofOf(page, paged.system.deps.sha256);
    expect({ head, brokenAt, brokenReceiptAt }).toEqual({
      head: page.attempts[0]?.hash,
      brokenAt: null,
      brokenReceiptAt: null,
    });
  });
});
