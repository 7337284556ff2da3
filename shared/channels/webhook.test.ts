import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { monday, seconds } from "../../tests/support/builders.ts";
import { httpChannelSuite } from "../../tests/support/channel-suite.ts";
import { anOutgoingMessage } from "../../tests/support/outgoing-message.ts";
import type { ReceivedRequest } from "../../tests/support/provider-server.ts";
import type { Notification } from "../domain/notification.ts";
import { webhookChannel } from "./webhook.ts";

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
    make: (http, url) => ({ channel: webhookChannel({ http, keys }), address: url + path }),
    accepted: { answer: { status: 200, body: "thanks" }, detail: "200 thanks" },
    permanent: { "a receiver that wants no more": { status: 410 } },
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

  test("tells the notification without its attempts, and the incident, as the API does", async () => {
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

  test("without a key goes out unsigned, and says so", async () => {
    const headersSeen: object[] = [];
    const http = {
      async post({ headers }: { readonly headers: object }) {
        headersSeen.push(headers);
        return { status: 204, headers: {}, body: "" };
      },
    };
    const channel = webhookChannel({ http, keys: [] });
    const message = anOutgoingMessage({ address: "https://example.com/hook" });
    expect(await channel.deliver(message)).toEqual({ detail: "unsigned: WEBHOOK_SECRETS is not set; 204" });
    expect(headersSeen).toEqual([expect.not.objectContaining({ "webhook-signature": expect.anything() })]);
  });
});
