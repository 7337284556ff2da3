/** Notifications, channels and webhooks. */

import { describe, expect, test } from "vitest";
import { channelNames } from "../../../../shared/channels/registry.ts";
import { sha256 } from "../../../../shared/crypto/sha256.ts";
import { AlreadyExists, StaleVersion } from "../../../../shared/domain/errors.ts";
import { limits } from "../../../../shared/domain/limits.ts";
import { notificationStatuses } from "../../../../shared/domain/notifications/notification.ts";
import { proofOf, sealed } from "../../../../shared/domain/notifications/proof.ts";
import { withReceipt } from "../../../../shared/domain/notifications/receipt.ts";
import { notificationStore } from "../../../../shared/storage/notifications/notification-store.ts";
import { pageCounter } from "../../../../shared/storage/notifications/page-counter.ts";
import { pageWindowStore } from "../../../../shared/storage/notifications/page-window-store.ts";
import {
  teamChannelStore,
  teamChannelsEntity,
} from "../../../../shared/storage/notifications/team-channel-store.ts";
import { webhookStore } from "../../../../shared/storage/notifications/webhook-store.ts";
import { scheduleStore } from "../../../../shared/storage/oncall/schedule-store.ts";
import type { Item } from "../../../../shared/storage/table.ts";
import { aNotification, anEvent, aSchedule, aWebhook, minutes, monday } from "../../builders.ts";
import { everything, readAll, type StoreSetting } from "./setting.ts";

export function notificationStoreSuite({ table }: StoreSetting): void {
  describe("notifications", () => {
    const store = async () => notificationStore(await table());

    test("are created once", async () => {
      const notifications = await store();
      const notification = aNotification({ metadata: { "": 1e308, "a#b": true } });
      await notifications.create(notification);
      await expect(notifications.create({ ...notification, message: "again" })).rejects.toThrow(
        AlreadyExists,
      );
      expect(await notifications.find(notification.id)).toEqual(notification);
      expect(await notifications.find("ntf_none")).toBeUndefined();
    });

    test("are found as they were stored, with all that has happened to them", async () => {
      const notifications = await store();
      const method = { id: "phone", channel: "sms", address: "+4915112345678" } as const;
      const fresh = aNotification({
        kind: "bundle",
        address: "ada@home.example",
        dueAt: monday + minutes(5),
        claimedUntil: monday + 1,
        cancelledBy: "answer",
        mayBeBundled: true,
        bundledInto: "ntf_4",
        fallbacks: [{ pageId: "ntf_2", method }],
        bundled: [{ pageId: "ntf_3", incidentId: "inc_02", incidentNumber: 2 }],
        bundledCount: 7,
        reason: "bundled",
      });
      const attempt = { at: monday, ok: false, outcome: "temporary", detail: "🚨 \u0000 busy" } as const;
      const tried = { ...fresh, attempts: [sealed(fresh, attempt, sha256)] };
      const receipt = { at: monday, kind: "shown", detail: "🚨 \u0000", providerId: "SM1" } as const;
      const notification = withReceipt(tried, receipt, sha256);
      await notifications.create(notification);
      const found = await notifications.find(notification.id);
      expect(found).toEqual(notification);
      expect(proofOf(found ?? fresh, sha256)).toEqual(proofOf(notification, sha256));
    });

    test("of the version before are found, paged to their recipient at once, without a proof", async () => {
      const made = await table();
      const fields = {
        id: "ntf_old",
        incidentId: "inc_01",
        channel: "email",
        recipient: "ada@example.com",
        message: "#1 down",
        severity: "critical",
        status: "sent",
        createdAt: monday,
        sentAt: monday + 2,
        claimedUntil: null,
        version: 3,
      } as const;
      const attempts = [
        { at: monday + 1, ok: false, detail: "busy" },
        { at: monday + 2, ok: true, detail: "accepted" },
      ];
      await made.put({
        item: { ...fields, attempts, metadata: "{}", pk: "NOTIFICATION#ntf_old", sk: "NOTIFICATION" },
      });
      const notifications = notificationStore(made);
      const read = aNotification({
        ...fields,
        attempts: [
          { at: monday + 1, ok: false, outcome: "temporary", detail: "busy", hash: "" },
          { at: monday + 2, ok: true, outcome: "sent", detail: "accepted", hash: "" },
        ],
      });
      expect(await notifications.find("ntf_old")).toEqual(read);
      const saved = await notifications.save(read);
      expect(await notifications.find("ntf_old")).toEqual(saved);
    });

    test("about no incident are listed for their recipient, and for no incident", async () => {
      const notifications = await store();
      const handoff = aNotification({ kind: "handoff", incidentId: null });
      await notifications.create(handoff);
      expect(await notifications.find(handoff.id)).toEqual(handoff);
      const { recipient } = handoff;
      expect((await notifications.list({ recipient }, everything)).items).toEqual([handoff]);
      expect((await notifications.list({ incidentId: "null" }, everything)).items).toEqual([]);
    });

    test("may go to the longest recipient that the API takes, in any alphabet", async () => {
      const notifications = await store();
      const recipient = "🚨".repeat(limits.addressLength);
      const longest = aNotification({ channel: "console", recipient });
      await notifications.create(longest);
      await notifications.create(aNotification({ channel: "console", recipient: `${recipient}!` }));
      expect((await notifications.list({ recipient }, everything)).items).toEqual([longest]);
    });

    test("of changes at the same time one is stored", async () => {
      const notifications = await store();
      const notification = aNotification();
      await notifications.create(notification);
      const results = await Promise.allSettled(
        [1, 2, 3].map((claimedUntil) => notifications.save({ ...notification, claimedUntil })),
      );
      const stored = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(stored).toHaveLength(1);
      for (const failure of failures) expect(failure).toBeInstanceOf(StaleVersion);
      expect(await notifications.find(notification.id)).toEqual(stored[0]);
    });

    test.each([
      {},
      { incidentId: "inc_1" },
      { recipient: "bob@example.com" },
      { status: "sent" },
      { channel: "sms" },
      { incidentId: "inc_0", channel: "email", status: "queued" },
      { incidentId: "inc_0", recipient: "bob@example.com" },
      { recipient: "nobody@example.com" },
    ] as const)("that meet %o are listed newest first, each once, on every page", async (filter) => {
      const notifications = await store();
      const history = Array.from({ length: 30 }, (_, index) =>
        aNotification({
          createdAt: monday + index,
          incidentId: `inc_${index % 2}`,
          channel: channelNames[index % channelNames.length] ?? "email",
          status: notificationStatuses[index % 4] ?? "queued",
          recipient: index % 3 === 0 ? "bob@example.com" : "ada@example.com",
        }),
      );
      for (const notification of history) await notifications.create(notification);
      const expected = history
        .toReversed()
        .filter((notification) =>
          Object.entries(filter).every(
            ([name, value]) => notification[name as keyof typeof notification] === value,
          ),
        );
      for (const limit of [4, 200]) {
        const { items } = await readAll((page) => notifications.list(filter, page), limit);
        expect(items).toEqual(expected);
      }
    });
  });

  describe("channels of a team", () => {
    const channel = (id: string) =>
      ({ id, channel: "slack", address: `#${id}`, events: ["triggered", "resolved"] }) as const;

    test("are found in their order, put again replaced, and none until then", async () => {
      const teamChannels = teamChannelStore(await table());
      expect(await teamChannels.find("payments")).toEqual([]);
      await teamChannels.put("payments", [channel("a")]);
      await teamChannels.put("payments", [channel("c"), channel("b")], 1);
      await expect(teamChannels.put("payments", [channel("a")], 1)).rejects.toThrow(StaleVersion);
      await expect(teamChannels.put("payments", [channel("a")])).rejects.toThrow(StaleVersion);
      expect(await teamChannels.find("payments")).toEqual([channel("c"), channel("b")]);
      expect(await teamChannels.find("search")).toEqual([]);
      await teamChannels.put("payments", [], 2);
      expect(await teamChannels.find("payments")).toEqual([]);
    });

    test("do not affect who is on call, and do not create a team", async () => {
      const made = await table();
      const schedules = scheduleStore(made);
      await teamChannelStore(made).put("payments", [channel("a")]);
      expect(await schedules.load("payments", monday)).toBeUndefined();
      const schedule = aSchedule();
      await schedules.create(schedule);
      expect(await schedules.load("payments", monday)).toMatchObject({ schedule, policy: null });
    });

    test("that were stored before they had versions are replaced once", async () => {
      const made = await table();
      const { version, ...item } = teamChannelsEntity.toItem({
        team: "payments",
        channels: [channel("a")],
        version: 1,
      });
      await made.put({ item: item as Item });
      const teamChannels = teamChannelStore(made);
      expect(await teamChannels.load("payments")).toMatchObject({ channels: [channel("a")], version: 0 });
      await teamChannels.put("payments", [channel("b")], 0);
      await expect(teamChannels.put("payments", [channel("c")], 0)).rejects.toThrow(StaleVersion);
    });

    test("may be of a team with the longest name that the API takes, in any alphabet", async () => {
      const teamChannels = teamChannelStore(await table());
      const team = "🚨".repeat(limits.teamLength);
      await teamChannels.put(team, [channel("a")]);
      expect(await teamChannels.find(team)).toEqual([channel("a")]);
    });
  });

  describe("messages to webhooks", () => {
    test("are in the list of their recipient, and not in that of their incident", async () => {
      const notifications = notificationStore(await table());
      const page = aNotification({ incidentId: "inc_01" });
      const webhook = { webhookId: "whk_1", team: "payments", messageId: "ntf_1", event: anEvent() };
      const delivery = aNotification({ incidentId: "inc_01", recipient: "webhook:whk_1", webhook });
      for (const each of [page, delivery]) await notifications.create(each);
      expect(await notifications.find(delivery.id)).toEqual(delivery);
      expect((await notifications.list({ recipient: "webhook:whk_1" }, everything)).items).toEqual([
        delivery,
      ]);
      expect((await notifications.list({ incidentId: "inc_01" }, everything)).items).toEqual([page]);
      expect((await notifications.list({}, everything)).items).toHaveLength(2);
    });
  });

  describe("webhooks", () => {
    test("are found by team and id, and listed newest first for each team alone", async () => {
      const store = webhookStore(await table());
      const team = "🚨".repeat(limits.teamLength);
      const webhooks = ["first", "second", "third"].map((description) => aWebhook({ team, description }));
      for (const webhook of webhooks) await store.create(webhook);
      const other = aWebhook({ team: "search" });
      await store.create(other);
      const [first] = webhooks;
      expect(await store.find(team, first?.id ?? "")).toEqual(first);
      expect(await store.find("search", first?.id ?? "")).toBeUndefined();
      expect(await store.find(team, "x".repeat(limits.idLength))).toBeUndefined();
      expect((await readAll((page) => store.list(team, page), 2)).items).toEqual(webhooks.toReversed());
      expect((await store.list("search", everything)).items).toEqual([other]);
    });

    test("that others changed since they were read stay as they are", async () => {
      const store = webhookStore(await table());
      const webhook = aWebhook();
      await store.create(webhook);
      const changed = await store.replace({ ...webhook, enabled: false });
      expect(changed).toEqual({ ...webhook, enabled: false, version: webhook.version + 1 });
      await expect(store.replace({ ...webhook, url: "https://late.example.com/" })).rejects.toThrow(
        StaleVersion,
      );
      expect(await store.find(webhook.team, webhook.id)).toEqual(changed);
    });

    test("that were removed are gone, also for updates", async () => {
      const store = webhookStore(await table());
      const webhook = aWebhook();
      await store.create(webhook);
      await expect(store.remove({ ...webhook, version: webhook.version + 1 })).rejects.toThrow(StaleVersion);
      await store.remove(webhook);
      await expect(store.replace({ ...webhook, enabled: false })).rejects.toThrow(StaleVersion);
      expect(await store.find(webhook.team, webhook.id)).toBeUndefined();
      expect((await store.list(webhook.team, everything)).items).toEqual([]);
    });

    test("do not affect who is on call, and do not create a team", async () => {
      const made = await table();
      const schedules = scheduleStore(made);
      await webhookStore(made).create(aWebhook({ team: "payments" }));
      expect(await schedules.load("payments", monday)).toBeUndefined();
      await schedules.create(aSchedule());
      expect(await schedules.load("payments", 0)).toMatchObject({ schedule: { team: "payments" } });
    });
  });

  describe("the window of a contact method", () => {
    test("is that of the latest page that was sent by itself, and is replaced once", async () => {
      const windows = pageWindowStore(await table());
      const method = { recipient: "ada@example.com", channel: "sms", address: "+4915112345678" };
      const window = { ...method, firstPageId: "ntf_1", startedAt: monday, slot: 0, version: 0 };
      expect(await windows.find(method)).toBeUndefined();
      await windows.save(window, undefined);
      await expect(windows.save(window, undefined)).rejects.toThrow(StaleVersion);
      const known = await windows.find(method);
      expect(known).toEqual({ ...window, version: expect.any(Number) });
      await windows.save({ ...window, slot: 2 }, known);
      await expect(windows.save({ ...window, slot: 3 }, known)).rejects.toThrow(StaleVersion);
      expect(await windows.find(method)).toMatchObject({ slot: 2 });
      expect(await windows.find({ ...method, channel: "voice" })).toBeUndefined();
    });
  });

  describe("pages of a person", () => {
    test("are counted from 1 for each person, service and window", async () => {
      const counter = pageCounter(await table());
      const count = (recipient: string, service: string, since = monday) =>
        counter.count(recipient, service, since);
      expect(await count("ada@example.com", "checkout")).toBe(1);
      expect(await count("ada@example.com", "checkout")).toBe(2);
      expect(await count("bob@example.com", "checkout")).toBe(1);
      expect(await count("ada@example.com", "search")).toBe(1);
      expect(await count("ada@example.com", "checkout", monday + minutes(15))).toBe(1);
      expect(await count("ada@example.com", "checkout")).toBe(3);
    });

    test("counted at the same time have each a number of their own", async () => {
      const counter = pageCounter(await table());
      const counts = await Promise.all(
        Array.from({ length: 10 }, () => counter.count("ada@example.com", "checkout", monday)),
      );
      expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    test("of services whose names end and start alike are distinguished, at any length", async () => {
      const counter = pageCounter(await table());
      const long = "🚨".repeat(limits.serviceLength);
      const pairs = [
        ["a", "b#c"],
        ["a#b", "c"],
        ["a", long],
        ["a", `${long.slice(2)}!`],
      ] as const;
      for (const [recipient, service] of pairs) {
        expect(await counter.count(recipient, service, monday)).toBe(1);
      }
    });
  });
}
