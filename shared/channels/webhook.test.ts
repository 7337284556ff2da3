import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { aNote, anEvent, aWebhook, days, monday, seconds } from "../../tests/support/builders.ts";
import { aBareMessage, aFullMessage, anOutgoingMessage } from "../../tests/support/outgoing-message.ts";
import type { ReceivedRequest } from "../../tests/support/platform/provider-server.ts";
import { httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { presentOutgoingMessage } from "../contracts/notifications/outgoing-message.ts";
import { webhookMessageResource } from "../contracts/notifications/webhooks/webhook-message.ts";
import { Gone } from "../domain/notifications/delivery.ts";
import type { Notification } from "../domain/notifications/notification.ts";
import { withSecret } from "../domain/notifications/webhook.ts";
import { webhookChannel } from "./webhook.client.ts";

const [newer, older] = ["n", "o"].map((letter) => Buffer.from(letter.repeat(32)));
const secretOf = (key: Buffer | undefined) => `whsec_${key?.toString("base64")}`;
const keys = [newer, older].filter((key) => key !== undefined);
const path = "/hooks/capabilityCAPABILITY?key=keyKEYkey";

// The reference takes the time from the machine.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: monday });
  return () => vi.useRealTimers();
});

function verified({ headers, body }: ReceivedRequest, key: Buffer | undefined): unknown {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  return new Webhook(secretOf(key)).verify(body, signed);
}

describe("a webhook", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: webhookChannel({ http, keys, present: presentOutgoingMessage }),
      address: url + path,
    }),
    accepted: { answer: { status: 200, body: "thanks" }, detail: "200 thanks" },
    permanent: { "a receiver that wants no more": { status: 410 } },
    refusals: "unread",
    secrets: [path, "capabilityCAPABILITY", "keyKEYkey", secretOf(newer), secretOf(older)],
    maxBytes: 100_000,
  });

  test("is signed as the reference verifies it, with the newest key and with the one before", async () => {
    const request = await trial().deliver(anOutgoingMessage());
    expect(request.path).toBe(path);
    for (const key of keys) expect(verified(request, key)).toMatchObject({ type: "incident.page" });
    expect(() => verified(request, Buffer.alloc(32))).toThrow();
    expect(() => verified({ ...request, body: `${request.body} ` }, newer)).toThrow();
  });

  test("has the same id and body each time, and the time of the attempt", async () => {
    const first = anOutgoingMessage();
    const [one, other] = [
      await trial().deliver(first),
      await trial().deliver({ ...first, at: monday + seconds(30) }),
    ];
    expect(other.headers["webhook-id"]).toBe(first.notification.id);
    expect(other.headers["webhook-id"]).toBe(one.headers["webhook-id"]);
    expect(other.body).toBe(one.body);
    expect(Number(other.headers["webhook-timestamp"])).toBe((monday + seconds(30)) / 1_000);
  });

  test("says what responders need", async () => {
    const { body } = await trial().deliver(aFullMessage());
    expect(JSON.parse(body).data.context).toEqual({
      labels: { instance: "web-1", region: "eu" },
      links: [
        { text: "Runbook", href: "https://wiki.example.com/checkout" },
        { text: "Dashboard", href: "https://grafana.example.com/d/1" },
        { text: "Graph", href: "https://grafana.example.com/graph.png" },
      ],
      changes: [
        { summary: "Deploy checkout 4.2", at: "2026-11-23T09:55:00.000Z", href: "https://ci.example.com/42" },
        { summary: "Flag fast-cart on", at: "2026-11-23T09:30:00.000Z", href: null },
      ],
      next: { at: "2026-11-23T10:05:00.000Z", names: ["Grace Hopper"] },
    });
    const bare = await trial().deliver(aBareMessage());
    expect(JSON.parse(bare.body).data.context).toEqual({ labels: {}, links: [], changes: [], next: null });
  });

  test("has the notification without its attempts, and the incident, as the API does", async () => {
    const message = anOutgoingMessage();
    const { body } = await trial().deliver(message);
    const { type, timestamp, data } = JSON.parse(body);
    expect({ type, timestamp }).toEqual({ type: "incident.page", timestamp: "2026-11-23T10:00:00.000Z" });
    expect(data.notification).toMatchObject({ id: message.notification.id, kind: "page" });
    expect(data.notification).not.toHaveProperty("attempts");
    expect(data.incident).toMatchObject({ id: message.incident?.id, status: "open", severity: "critical" });
  });

  test.each<{ fields: Partial<Notification>; incident: null | object; type: string }>([
    {
      fields: { kind: "announcement", metadata: { event: "resolved" } },
      incident: {},
      type: "incident.resolved",
    },
    { fields: { kind: "announcement", metadata: {} }, incident: {}, type: "incident.announcement" },
    { fields: { kind: "message", metadata: { event: "resolved" } }, incident: {}, type: "incident.message" },
    { fields: { kind: "handoff" }, incident: null, type: "notification.handoff" },
  ])("is of the type $type", async ({ fields, incident, type }) => {
    const { body } = await trial().deliver(anOutgoingMessage(fields, { incident }));
    expect(JSON.parse(body)).toMatchObject({ type });
  });

  describe("of a team", () => {
    const webhook = withSecret(aWebhook({ secret: secretOf(older) }), secretOf(newer), monday);
    const event = anEvent({ type: "severity_changed", from: "low", to: "critical", actor: "ada" });
    const details = { webhookId: webhook.id, team: webhook.team, messageId: "ntf_first", event };

    test("is signed with its own secret, for a day after a rotation with the one before too", async () => {
      const message = anOutgoingMessage({ webhook: details }, { webhook });
      const during = await trial().deliver(message);
      for (const key of keys)
        expect(verified(during, key)).toMatchObject({ type: "incident.severity_raised" });
      vi.setSystemTime(monday + days(1));
      const after = await trial().deliver({ ...message, at: monday + days(1) });
      expect(verified(after, newer)).toMatchObject({ type: "incident.severity_raised" });
      expect(() => verified(after, older)).toThrow();
    });

    test("has the event and the current incident, in the documented format", async () => {
      const { body } = await trial().deliver(anOutgoingMessage({ webhook: details }, { webhook }));
      const message = JSON.parse(body);
      expect(webhookMessageResource.parse(message)).toEqual(message);
      expect(message).toMatchObject({
        timestamp: "2026-11-23T10:00:00.000Z",
        data: {
          incident: { status: "open", severity: "critical" },
          event: { id: event.id, type: "severity_changed", actor: "ada", details: { from: "low" } },
          note: null,
          webhook: { id: webhook.id, team: "payments" },
        },
      });
    });

    test("contains the note", async () => {
      const note = aNote({ content: "rolled back" });
      const withNote = { ...details, event: anEvent({ type: "noted", noteId: note.id }) };
      const { body } = await trial().deliver(anOutgoingMessage({ webhook: withNote }, { webhook, note }));
      expect(JSON.parse(body)).toMatchObject({
        type: "incident.note_added",
        data: { note: { id: note.id, content: "rolled back" } },
      });
    });

    test("is a repetition to its receiver when it is replayed", async () => {
      const [first, replay] = [
        await trial().deliver(anOutgoingMessage({ id: "ntf_first", webhook: details }, { webhook })),
        await trial().deliver(
          anOutgoingMessage({ id: "ntf_replay", createdAt: monday + days(1), webhook: details }, { webhook }),
        ),
      ];
      expect(replay.headers["webhook-id"]).toBe("ntf_first");
      expect(replay.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
      expect(JSON.parse(replay.body).data.event).toEqual(JSON.parse(first.body).data.event);
      expect(JSON.parse(replay.body).timestamp).toBe(JSON.parse(first.body).timestamp);
    });

    test("may be asked whether it is there, about no incident", async () => {
      const ping = { ...details, event: null };
      const { body } = await trial().deliver(
        anOutgoingMessage({ webhook: ping }, { webhook, incident: null }),
      );
      expect(webhookMessageResource.parse(JSON.parse(body))).toEqual({
        type: "webhook.ping",
        timestamp: "2026-11-23T10:00:00.000Z",
        data: { webhook: { id: webhook.id, team: "payments" } },
      });
    });

    test("is gone when it answers 410, and only then", async () => {
      const { channel, address, behave } = trial();
      const deliver = () => channel.deliver(anOutgoingMessage({ address, webhook: details }, { webhook }));
      behave({ status: 410 });
      await expect(deliver()).rejects.toThrow(Gone);
      behave({ status: 404 });
      await expect(deliver()).rejects.not.toThrow(Gone);
      behave({ status: 302, headers: { location: address } });
      await expect(deliver()).rejects.toThrow("302");
    });
  });

  test("without a key is sent unsigned, and logs it", async () => {
    const headersSeen: object[] = [];
    const http = {
      async post({ headers }: { readonly headers: object }) {
        headersSeen.push(headers);
        return { status: 204, headers: {}, body: "" };
      },
    };
    const channel = webhookChannel({ http, keys: [], present: presentOutgoingMessage });
    const message = anOutgoingMessage({ address: "https://example.com/hook" });
    expect(await channel.deliver(message)).toEqual({ detail: "unsigned: WEBHOOK_SECRETS is not set; 204" });
    expect(headersSeen).toEqual([expect.not.objectContaining({ "webhook-signature": expect.anything() })]);
  });
});
