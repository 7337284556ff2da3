import { createECDH, randomBytes } from "node:crypto";
import ece from "http_ece";
import { describe, expect, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { anOutgoingMessage, someLinks } from "../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import type { PushDevice } from "../domain/access/push-device.ts";
import { PermanentFailure, TemporaryFailure } from "../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { HttpRequest, HttpResponse } from "../outbound/http.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import { generateVapidKeys } from "./push/vapid.ts";
import { client, pushChannel } from "./push.client.ts";

const keys = generateVapidKeys();
const subject = "mailto:operators@example.com";
const address = "ada@example.com";
const receipt = "https://incidents.example.com/receipts/receiptReceipt04";

function aBrowser(name: string, endpoint: string) {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  const auth = randomBytes(16);
  const device: PushDevice = {
    id: `psh_${name}`,
    endpoint,
    p256dh: pair.getPublicKey("base64url"),
    auth: auth.toString("base64url"),
    name,
    createdAt: monday,
  };
  const decrypt = (body: Uint8Array) =>
    JSON.parse(
      ece.decrypt(Buffer.from(body), { version: "aes128gcm", privateKey: pair, authSecret: auth }).toString(),
    );
  return { device, decrypt };
}

const source = (...devices: readonly PushDevice[]) => {
  const dropped: PushDevice[] = [];
  return {
    dropped,
    of: async (email: string) => (email === address ? devices : []),
    drop: async (_: string, device: PushDevice) => void dropped.push(device),
  };
};

describe("push to one browser", () => {
  const endpoint = "/send/endpointENDPOINTendpoint";
  const { device } = aBrowser("Firefox on Linux", endpoint);
  httpChannelSuite({
    make: (http, url) => ({
      channel: pushChannel({
        http,
        pushDevices: source({ ...device, endpoint: url + endpoint }),
        receiptUrl: async () => receipt,
        keys,
        subject,
      }),
      address,
    }),
    accepted: { answer: { status: 201 }, detail: "201 (Firefox on Linux)" },
    refusals: "unread",
    secrets: [device.auth, "endpointENDPOINTendpoint", keys.privateKey],
    // What is received is counted in characters of text, of which encrypted bytes take up to three.
    maxBytes: 3 * 4_096,
  });
});

/** Push to several browsers, whose push services answer as given by endpoint. */
function setUp(answers: Readonly<Record<string, Partial<HttpResponse> | Error>>) {
  const browsers = Object.keys(answers).map((name) => aBrowser(name, `https://push.example.com/${name}`));
  const pushDevices = source(...browsers.map(({ device }) => device));
  const requests: HttpRequest<string | Uint8Array>[] = [];
  const http = {
    async post(request: HttpRequest<string | Uint8Array>): Promise<HttpResponse> {
      requests.push(request);
      const answer = answers[request.url.split("/").at(-1) ?? ""];
      if (answer instanceof Error) throw answer;
      return { status: 201, headers: {}, body: "", ...answer };
    },
  };
  const channel = pushChannel({ http, pushDevices, receiptUrl: async () => receipt, keys, subject });
  const contentOf = (index: number) => browsers[index]?.decrypt(requests[index]?.body as Uint8Array);
  const message = (
    fields: Parameters<typeof anOutgoingMessage>[0] = {},
    rest?: Parameters<typeof anOutgoingMessage>[1],
  ): OutgoingMessage => anOutgoingMessage({ channel: "push", address, ...fields }, rest);
  return { channel, requests, contentOf, message, dropped: pushDevices.dropped };
}

describe("a page by push", () => {
  test("contains the text to show and the buttons to respond", async () => {
    const { channel, requests, contentOf, message } = setUp({ phone: {} });
    const page = message();
    await channel.deliver(page);
    const tag = page.incident?.id.slice("inc_".length);
    expect(requests[0]).toMatchObject({
      url: "https://push.example.com/phone",
      headers: { "content-encoding": "aes128gcm", ttl: "86400", urgency: "high", topic: tag },
    });
    expect(tag).toMatch(/^[\w-]{1,32}$/);
    expect(contentOf(0)).toEqual({
      show: {
        title: "#1 error rate over 5%",
        body: "critical · checkout\nsince five minutes",
        tag,
        at: monday,
        urgent: true,
        link: someLinks.view,
        actions: [
          { action: "acknowledge", title: "Acknowledge" },
          { action: "escalate", title: "Escalate" },
        ],
        receipt,
      },
    });
  });

  test("offers what the state of the incident allows", async () => {
    const { channel, contentOf, message } = setUp({ phone: {} });
    const acknowledged = { status: "acknowledged" } as const;
    await channel.deliver(
      message({}, { incident: acknowledged, links: { ...someLinks, acknowledge: null } }),
    );
    expect(contentOf(0).show.actions).toEqual([{ action: "escalate", title: "Escalate" }]);
  });

  test("without links has no actions", async () => {
    const { channel, contentOf, message } = setUp({ phone: {} });
    await channel.deliver(message({}, { links: null }));
    expect(contentOf(0).show).toMatchObject({ link: null, actions: [] });
  });

  test("is delivered if one device accepts it; devices that no longer exist are removed", async () => {
    const { channel, message, dropped } = setUp({
      laptop: { status: 410, body: "unsubscribed" },
      tablet: { status: 404 },
      old: { status: 503 },
      phone: {},
    });
    expect(await channel.deliver(message())).toEqual({
      detail: "410 unsubscribed (laptop); 404 (tablet); 503 (old); 201 (phone)",
    });
    expect(dropped.map(({ name }) => name)).toEqual(["laptop", "tablet"]);
  });

  test.each<{ answers: Parameters<typeof setUp>[0]; failure: unknown; retryAfterSeconds?: number }>([
    { answers: {}, failure: PermanentFailure },
    { answers: { phone: { status: 410 }, laptop: { status: 404 } }, failure: PermanentFailure },
    {
      answers: { phone: { status: 429, headers: { "retry-after": "7" } }, laptop: { status: 410 } },
      failure: TemporaryFailure,
      retryAfterSeconds: 7,
    },
    { answers: { phone: new Unreachable("a"), laptop: new Unreachable("b") }, failure: Unreachable },
  ])("that no device accepts fails: $answers", async ({ answers, failure, retryAfterSeconds }) => {
    const { channel, message } = setUp(answers);
    const failed = await failureOf(channel.deliver(message()));
    expect(failed).toBeInstanceOf(failure);
    if (retryAfterSeconds !== undefined) expect(failed).toMatchObject({ retryAfterSeconds });
  });

  test("with an invalid key fails permanently for that browser, and is still sent to the others", async () => {
    const { channel, requests, message } = setUp({ phone: {} });
    const broken = { ...aBrowser("broken", "https://push.example.com/x").device, p256dh: "BAAA" };
    const http = { post: async () => ({ status: 201, headers: {}, body: "" }) };
    const only = pushChannel({
      http,
      pushDevices: source(broken),
      receiptUrl: async () => null,
      keys,
      subject,
    });
    expect(await failureOf(only.deliver(message()))).toBeInstanceOf(PermanentFailure);
    await channel.deliver(message());
    expect(requests).toHaveLength(1);
  });
});

test("another message is sent without hurry, and has no actions", async () => {
  const { channel, requests, contentOf, message } = setUp({ phone: {} });
  await channel.deliver(message({ id: "ntf_1", kind: "message" }, { incident: null, links: null }));
  expect(requests[0]?.headers).toMatchObject({ urgency: "normal", topic: "1" });
  expect(contentOf(0).show).toMatchObject({ urgent: false, actions: [], link: null, tag: "1" });
});

test("a page that needs no answer anymore is closed on all devices, whatever they answer", async () => {
  const { channel, requests, contentOf, message, dropped } = setUp({
    phone: {},
    laptop: { status: 500 },
    tablet: { status: 410 },
  });
  const page = message({}, { incident: { status: "acknowledged" } });
  await channel.withdraw?.(page);
  expect(contentOf(0)).toEqual({
    close: { tag: page.incident?.id.slice("inc_".length), at: monday, text: "#1 acknowledged" },
  });
  expect(requests.map(({ headers }) => headers.urgency)).toEqual(["normal", "normal", "normal"]);
  expect(dropped.map(({ name }) => name)).toEqual(["tablet"]);
});

test("keys that don't belong together are invalid settings", () => {
  const { publicKey, privateKey } = keys;
  const parsed = (settings: object) => client.settings().safeParse(settings).success;
  expect(parsed({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey })).toBe(true);
  expect(parsed({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: generateVapidKeys().privateKey })).toBe(
    false,
  );
  expect(parsed({ VAPID_PRIVATE_KEY: privateKey })).toBe(false);
});
