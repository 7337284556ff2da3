import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, minutes, seconds } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import type { Channel } from "../../channels/channel-type.ts";
import type { ReceiptKind } from "../../domain/notifications/notification.ts";
import { proofOf } from "../../domain/notifications/proof.ts";
import { reportDelivery } from "./report-delivery.ts";
import { runCommand } from "./run-command.ts";

const everything = { limit: 200, after: null };
const phone = { id: "phone", channel: "sms", address: "+4915112345678" };

/** Ada is paged by SMS, then by email. */
async function pagedSystem(channel?: Channel) {
  const system = testSystem({ bundlingMs: seconds(60), ...(channel && { channel }) });
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  await system.seen.users.put(aUser({ email: ada.email, contactMethods: [phone] }));
  const report = (id: string, kind: ReceiptKind, providerId = "SM1") =>
    reportDelivery(system.deps, id, { at: system.now(), kind, detail: kind, providerId }, system.now());
  const page = async () => {
    const { items } = await system.seen.notifications.list({ channel: "sms" }, everything);
    const [found] = items;
    if (!found) throw new Error("no page");
    return found;
  };
  return { system, report, page, pages: () => system.pages.map(({ channel: name }) => name) };
}

describe("a report", () => {
  test("of a delivered message is a receipt, and no other method follows", async () => {
    const { system, report, page, pages } = await pagedSystem();
    await system.receive(aDraft());
    await system.pump();
    await report((await page()).id, "delivered");
    await system.pump();
    expect(await page()).toMatchObject({ status: "sent", receipts: [{ kind: "delivered" }] });
    expect(pages()).toEqual(["sms"]);
  });

  test("of a message that was not delivered fails it, and the next method follows at once, once", async () => {
    const { system, report, page, pages } = await pagedSystem();
    await system.receive(aDraft());
    await system.pump();
    const { id } = await page();
    await Promise.all([report(id, "undelivered"), report(id, "undelivered")]);
    await report(id, "undelivered");
    await system.pump();
    const failed = await page();
    expect(failed).toMatchObject({ status: "failed", receipts: [{ kind: "undelivered", afterAttempts: 1 }] });
    expect(proofOf(failed, system.deps.sha256)).toMatchObject({ brokenAt: null, brokenReceiptAt: null });
    expect(pages()).toEqual(["sms", "email"]);
    const [email] = (await system.seen.notifications.list({ channel: "email" }, everything)).items;
    expect(email).toMatchObject({ status: "sent", attempts: [{ ok: true }], receipts: [] });
  });

  test("of a message whose incident was acknowledged pages no one again", async () => {
    const { system, report, page, pages } = await pagedSystem();
    await system.receive(aDraft());
    await system.pump();
    const reply = { person: ada.email, text: "ack", channel: "sms", messageId: "SM9" };
    await runCommand(system.deps, reply, system.now());
    await report((await page()).id, "undelivered");
    await system.settle({ within: minutes(2) });
    expect(pages()).toEqual(["sms"]);
    expect(await page()).toMatchObject({ status: "sent" });
  });

  test("that arrives before the message was recorded as sent counts as soon as it is", async () => {
    const paged = await pagedSystem({
      async deliver({ notification: { id, channel } }) {
        if (channel === "sms") await paged.report(id, "undelivered");
        return { detail: "accepted" };
      },
    });
    await paged.system.receive(aDraft());
    await paged.system.pump();
    expect(await paged.page()).toMatchObject({ status: "failed", claimedUntil: null });
    expect(paged.pages()).toEqual(["sms", "email"]);
  });

  test("of a bundle that was not delivered sends its pages by the next method", async () => {
    const { system, report, pages } = await pagedSystem();
    for (const dedupKey of ["a", "b", "c"]) await system.receive(aDraft({ dedupKey }));
    await system.settle({ within: minutes(2) });
    expect(pages()).toEqual(["sms", "sms"]);
    const bundle = system.pages.find(({ kind }) => kind === "bundle");
    await report(bundle?.id ?? "", "undelivered");
    await system.settle({ within: minutes(2) });
    expect(system.pages.filter(({ channel }) => channel === "email").map(({ kind }) => kind)).toEqual([
      "page",
      "bundle",
    ]);
    expect((await system.seen.notifications.find(bundle?.id ?? ""))?.status).toBe("failed");
  });

  test("of an unknown notification changes nothing", async () => {
    const { report } = await pagedSystem();
    await expect(report("ntf_none", "undelivered")).resolves.toBeUndefined();
  });
});
