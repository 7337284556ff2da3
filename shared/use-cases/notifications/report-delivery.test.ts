import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, minutes, seconds } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import type { Channel } from "../../channels/channel-type.ts";
import type { Notification, ReceiptKind } from "../../domain/notifications/notification.ts";
import { proofOf } from "../../domain/notifications/proof.ts";
import { deliverNotification } from "./deliver-notification.ts";
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
  /** Returns a bundle of two pages and the pages. */
  const bundled = async () => {
    const { items } = await system.seen.notifications.list({ channel: "sms" }, everything);
    const bundle = items.find(({ kind }) => kind === "bundle");
    if (!bundle) throw new Error("no bundle");
    return { bundle, members: items.filter(({ bundledInto }) => bundledInto === bundle.id) };
  };
  const fallbacks = () =>
    system.pages.filter(({ channel: name, recipient }) => name === "email" && recipient === ada.email);
  /** Expects that the bundle has failed and that both of its incidents were sent by the next method, once. */
  const expectFailedOver = async () => {
    const { bundle, members } = await bundled();
    expect([bundle, ...members].map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
    for (const each of members) expect(proofOf(each, system.deps.sha256).brokenAt).toBeNull();
    expect(fallbacks().map(({ kind }) => kind)).toEqual(["page", "bundle"]);
  };
  return {
    system,
    report,
    page,
    bundled,
    expectFailedOver,
    pages: () => system.pages.map(({ channel: name }) => name),
  };
}

const storm = ["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey }));

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

  test("of a bundle that arrives before it was recorded as sent counts as soon as it is", async () => {
    const paged = await pagedSystem({
      async deliver({ notification: { id, kind, channel } }) {
        if (channel === "sms" && kind === "bundle") await paged.report(id, "undelivered");
        return { detail: "accepted" };
      },
    });
    for (const draft of storm) await paged.system.receive(draft);
    await paged.system.settle({ within: minutes(4) });
    await paged.expectFailedOver();
  });

  test("of a bundle counts for all of its pages, wherever its delivery has stopped", async () => {
    let step = 0;
    for (let done = false; !done; step += 1) {
      const { system, report, bundled, expectFailedOver } = await pagedSystem();
      for (const draft of storm) await system.receive(draft);
      await system.pump();
      system.waitUntil((await bundled()).bundle.dueAt);
      system.faults.plan((call) => (call === step + 1 ? "dies" : undefined));
      await system.deliverOne("notifications");
      done = system.faults.calls <= step;
      system.faults.plan(() => undefined);
      const { bundle } = await bundled();
      if (bundle.status === "sent") await report(bundle.id, "undelivered");
      await system.settle({ within: minutes(1) });
      await report(bundle.id, "undelivered");
      await system.settle({ within: minutes(4) });
      await expectFailedOver();
    }
    expect(step).toBeGreaterThan(5);
  });

  test.each([1, 2])("of a bundle while its page %i is marked as sent counts for all pages", async (place) => {
    const { system, report, bundled, expectFailedOver } = await pagedSystem();
    for (const draft of storm) await system.receive(draft);
    await system.pump();
    const { bundle } = await bundled();
    system.waitUntil(bundle.dueAt);
    const { notifications } = system.deps;
    let marked = 0;
    const save = async (next: Notification) => {
      if (next.kind === "page" && next.status === "sent" && ++marked === place)
        await report(bundle.id, "undelivered");
      return notifications.save(next);
    };
    await deliverNotification({ ...system.deps, notifications: { ...notifications, save } }, bundle.id);
    await system.settle({ within: minutes(4) });
    await expectFailedOver();
  });

  test("of a bundle counts for all of its pages although one is changed meanwhile", async () => {
    const { system, bundled, expectFailedOver } = await pagedSystem();
    for (const draft of storm) await system.receive(draft);
    await system.settle({ within: minutes(2) });
    const { notifications } = system.deps;
    let isChanged = false;
    const save = async (next: Notification) => {
      if (next.status === "failed" && !isChanged) {
        isChanged = true;
        await notifications.save(next.kind === "page" ? { ...next, status: "sent" } : next);
      }
      return notifications.save(next);
    };
    const { bundle } = await bundled();
    const deps = { ...system.deps, notifications: { ...notifications, save } };
    const receipt = { at: system.now(), kind: "undelivered", detail: "failed", providerId: "SM1" } as const;
    await reportDelivery(deps, bundle.id, receipt, system.now());
    await system.settle({ within: minutes(2) });
    await expectFailedOver();
  });

  test("that is handled while the message is recorded as sent counts", async () => {
    const recorded = Promise.withResolvers<void>();
    let reported: Promise<void> | undefined;
    const { system, page, pages } = await pagedSystem({
      async deliver({ notification: { id, channel } }) {
        if (channel !== "sms") return { detail: "accepted" };
        const { notifications } = system.deps;
        const isRead = Promise.withResolvers<void>();
        const find = async (found: string) => {
          const before = await notifications.find(found);
          isRead.resolve();
          await recorded.promise;
          return before;
        };
        const deps = { ...system.deps, notifications: { ...notifications, find } };
        const receipt = {
          at: system.now(),
          kind: "undelivered",
          detail: "failed",
          providerId: "SM1",
        } as const;
        reported = reportDelivery(deps, id, receipt, system.now());
        await isRead.promise;
        return { detail: "accepted" };
      },
    });
    await system.receive(aDraft());
    await system.pump();
    recorded.resolve();
    await reported;
    await system.pump();
    expect(await page()).toMatchObject({ status: "failed" });
    expect(pages()).toEqual(["sms", "email"]);
  });

  test("that arrives before the message was recorded counts wherever its delivery stops", async () => {
    let step = 0;
    for (let done = false; !done; step += 1) {
      const paged = await pagedSystem({
        async deliver({ notification: { id, channel, attempts } }) {
          if (channel === "sms") await paged.report(id, "undelivered", `SM${attempts.length}`);
          return { detail: "accepted" };
        },
      });
      const { system } = paged;
      await system.receive(aDraft());
      await system.deliverOne("alerts");
      await system.deliverOne("events");
      system.faults.plan((call) => (call === step + 1 ? "dies" : undefined));
      await system.settle({ within: minutes(4) });
      done = system.faults.calls <= step;
      expect(await paged.page()).toMatchObject({ status: "failed" });
      expect(paged.pages()).toContain("email");
    }
    expect(step).toBeGreaterThan(5);
  });

  test("of an unknown notification changes nothing", async () => {
    const { report } = await pagedSystem();
    await expect(report("ntf_none", "undelivered")).resolves.toBeUndefined();
  });
});

describe("a call without a report", () => {
  /** Ada is called, and then gets a text message. @param reconcile what the provider tells of the call */
  async function called(reconcile?: Channel["reconcile"]) {
    const channel: Channel = {
      deliver: async () => ({ detail: "201 CA01" }),
      ...(reconcile && { reconcile }),
    };
    const system = testSystem({ channel });
    await system.seen.schedules.create(aSchedule({ team: "checkout" }));
    const call = { id: "call", channel: "voice", address: phone.address };
    const notificationRules = [{ contactMethodId: "call", delaySeconds: 0 }];
    await system.seen.users.put(
      aUser({ email: ada.email, contactMethods: [call, phone], notificationRules }),
    );
    await system.receive(aDraft());
    await system.settle({ within: seconds(100) });
    const [page] = (await system.seen.notifications.list({ channel: "voice" }, everything)).items;
    return { page, pages: system.pages.filter(({ recipient }) => recipient === ada.email) };
  }

  test("is followed by the next method if its provider tells nothing, or cannot be asked", async () => {
    for (const reconcile of [undefined, async () => null, () => Promise.reject(new Error("503"))]) {
      const { page, pages } = await called(reconcile);
      expect(page).toMatchObject({
        status: "failed",
        receipts: [{ kind: "undelivered", detail: "no report on the call within 90 seconds" }],
      });
      expect(pages.map(({ channel }) => channel)).toEqual(["voice", "sms"]);
    }
  });

  test("has the status that its provider reports when asked", async () => {
    const heard = { kind: "delivered", detail: "answered by a person", providerId: "CA01" } as const;
    const { page, pages } = await called(async () => heard);
    expect(page).toMatchObject({ status: "sent", receipts: [heard] });
    expect(pages.map(({ channel }) => channel)).toEqual(["voice"]);
    const canceled = { kind: "undelivered", detail: "canceled while queued", providerId: "CA01" } as const;
    const failed = await called(async () => canceled);
    expect(failed.page).toMatchObject({ status: "failed", receipts: [canceled] });
    expect(failed.pages.map(({ channel }) => channel)).toEqual(["voice", "sms"]);
  });
});

describe("a text message without a report", () => {
  /** Ada gets a text message. @param reconcile what the provider tells of it */
  async function texted(reconcile: NonNullable<Channel["reconcile"]>) {
    const { system, page, pages } = await pagedSystem({
      deliver: async () => ({ detail: "201 SM01" }),
      reconcile,
    });
    await system.receive(aDraft());
    await system.settle({ within: seconds(100) });
    return { page: await page(), pages: pages().filter((channel) => channel !== "console") };
  }

  test("has the status that its provider reports when asked", async () => {
    const failed = { kind: "undelivered", detail: "failed, error 30003", providerId: "SM01" } as const;
    const lost = await texted(async () => failed);
    expect(lost.page).toMatchObject({ status: "failed", receipts: [failed] });
    expect(lost.pages).toEqual(["sms", "email"]);
    const arrived = { kind: "delivered", detail: "delivered", providerId: "SM01" } as const;
    const read = await texted(async () => arrived);
    expect(read.page).toMatchObject({ status: "sent", receipts: [arrived] });
    expect(read.pages).toEqual(["sms"]);
  });

  test("stays sent while its provider cannot tell, because it may still arrive", async () => {
    for (const reconcile of [async () => null, () => Promise.reject(new Error("503"))]) {
      const { page, pages } = await texted(reconcile);
      expect(page).toMatchObject({ status: "sent", receipts: [] });
      expect(pages).toEqual(["sms"]);
    }
  });
});
