import { describe, expect, test } from "vitest";
import {
  aBareMessage,
  aFullMessage,
  anOutgoingMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { reconcileTrial } from "../../tests/support/suites/reconcile-trial.ts";
import type { NotificationKind } from "../domain/notifications/notification.ts";
import { smsChannel, textOf as smsText } from "./sms.client.ts";

const account = { accountSid: "AC00000000000000000000000000000001", authToken: "tokenTOKENtoken" };

const callbacks = (id: string) => ({
  status: `https://oncall.example.com/twilio/status?id=${id}`,
  calls: null,
});

describe("a text message", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: smsChannel({ http, baseUrl: url, ...account, from: "+15005550006", callbacks }),
      address: "+4915112345678",
    }),
    accepted: { answer: { status: 201, body: '{"sid":"SM01","status":"queued"}' }, detail: "201 SM01" },
    refusals: {
      temporary: {
        "a 200 with too many requests": {
          status: 200,
          body: '{"code":20429,"message":"Too Many Requests","status":429}',
        },
      },
      permanent: {
        "a 201 with a message that has failed": {
          status: 201,
          body: '{"sid":"SM01","status":"failed","error_code":null}',
        },
        "a 201 with the code of an error": {
          status: 201,
          body: '{"sid":"SM01","status":"queued","error_code":21610}',
        },
        "a 200 with a number that is not valid": {
          status: 200,
          body: '{"code":21211,"message":"Invalid \'To\' Phone Number","status":400}',
        },
      },
    },
    secrets: [
      account.authToken,
      Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64"),
    ],
    maxBytes: 1_600 * 9,
  });

  const textOf = async (
    message: string,
    {
      kind = "page",
      ...rest
    }: NonNullable<Parameters<typeof anOutgoingMessage>[1]> & { readonly kind?: NotificationKind } = {},
  ) => {
    const { body } = await trial().deliver(anOutgoingMessage({ message, kind }, rest));
    return new URLSearchParams(body).get("Body") ?? "";
  };

  test("of a person has the incident's description, shortened", async () => {
    const about = (description: string) =>
      textOf("#1 down", { incident: { description }, links: null, kind: "message" });
    expect(await about("on db-1\nsince noon")).toBe("#1 down\non db-1\nsince noon");
    expect(await about("x".repeat(9_000))).toHaveLength("#1 down\n".length + 300);
  });

  test("of a page has number, severity, service, title and a link that fits", () => {
    expect(smsText(aFullMessage())).toBe(
      `#12 CRITICAL checkout: error rate over 5%\n${someLinks.acknowledge}`,
    );
    const view = `https://incidents.example.com/${"x".repeat(150)}`;
    const links = { ...someLinks, acknowledge: view };
    expect(smsText(anOutgoingMessage({ message: "#1 down" }, { links }))).toBe("#1 CRITICAL checkout: down");
  });

  test("of a page tells how to reply where replies arrive", () => {
    expect(smsText(aFullMessage(true))).toBe("#12 CRITICAL checkout: error rate over 5%\nReply ack 12");
    const acknowledged = anOutgoingMessage(
      {},
      { incident: { status: "acknowledged" }, acceptsReplies: true },
    );
    expect(smsText(acknowledged)).toMatch(/\nReply res 1$/);
  });

  test("about no incident has the whole text", () => {
    expect(smsText(aBareMessage())).toBe("#1 down");
    const names = Array.from({ length: 9 }, (_, n) => `#${n} [CRITICAL] checkout: error rate over 5%`).join(
      "\n",
    );
    const bundle = anOutgoingMessage({ kind: "bundle", message: names }, { incident: null, links: null });
    expect(smsText(bundle)).toBe(names);
  });

  test.each([
    ["“Größe” – 5 €…", '"Größe" - 5 €...'],
    ["çğłşé", "cglsé"],
    ["🚨🚨 日本語 down", "? ? down"],
    ["a\u0301\u200b\tb", "a b"],
  ])("of %j is written %j", (title, written) => {
    expect(smsText(anOutgoingMessage({ message: `#1 ${title}` }, { links: null }))).toBe(
      `#1 CRITICAL checkout: ${written}`,
    );
  });

  test("is sent to the account's messages, with its password", async () => {
    const { path, headers, body } = await trial().deliver(anOutgoingMessage());
    expect(path).toBe(`/2010-04-01/Accounts/${account.accountSid}/Messages.json`);
    expect(headers.authorization).toBe(
      `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64")}`,
    );
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      To: "+4915112345678",
      From: "+15005550006",
      StatusCallback: expect.stringMatching(/^https:\/\/oncall\.example\.com\/twilio\/status\?id=ntf_/),
      Body: `#1 CRITICAL checkout: error rate over 5%\n${someLinks.acknowledge}`,
    });
  });

  test("has at most 1,600 characters, with the complete link at the end", async () => {
    for (const message of ["W".repeat(2_000), "🚨".repeat(2_000), "short\n".repeat(300)]) {
      const text = await textOf(message, { kind: "message" });
      expect(text.length).toBeLessThanOrEqual(1_600);
      expect(text.length).toBeGreaterThan(1_590);
      expect(text.endsWith(`…\nAcknowledge: ${someLinks.acknowledge}`)).toBe(true);
    }
  });

  test("of an acknowledged incident links to its resolve page", async () => {
    const links = { ...someLinks, acknowledge: null };
    expect(await textOf("still failing", { links })).toBe(
      `#1 CRITICAL checkout: still failing\n${someLinks.resolve}`,
    );
    expect(await textOf("still failing", { links, kind: "message" })).toBe(
      `still failing\nResolve: ${someLinks.resolve}`,
    );
  });

  test("that is refused leaves the provider's code", async () => {
    const { channel, address, behave } = trial();
    const body = JSON.stringify({ code: 21211, message: "Invalid 'To' Phone Number", status: 400 });
    behave({ status: 400, headers: { "content-type": "application/json" }, body });
    const failure = await failureOf(channel.deliver(anOutgoingMessage({ address })));
    expect(failure.message).toBe("400 21211 Invalid 'To' Phone Number");
  });
});

describe("a text message that Twilio has not reported on", () => {
  const asked = reconcileTrial(
    (http, url) => smsChannel({ http, baseUrl: url, ...account, from: "+1500", callbacks }),
    "201 SM01",
  );
  const path = `/2010-04-01/Accounts/${account.accountSid}/Messages/SM01.json`;

  test.each([
    { state: { sid: "SM01", status: "delivered", error_code: null }, kind: "delivered", detail: "delivered" },
    {
      state: { sid: "SM01", status: "undelivered", error_code: 30_003 },
      kind: "undelivered",
      detail: "undelivered, error 30003",
    },
    {
      state: { sid: "SM01", status: "failed", error_code: 30_008 },
      kind: "undelivered",
      detail: "failed, error 30008",
    },
  ])("is $detail if Twilio says so", async ({ state, kind, detail }) => {
    expect(await asked(state)).toEqual({
      report: { kind, detail, providerId: "SM01" },
      requests: [{ method: "GET", path, body: "" }],
    });
  });

  test.each(["accepted", "queued", "sending", "sent"])("may still arrive while it is %s", async (status) => {
    expect((await asked({ sid: "SM01", status, error_code: null })).report).toBeNull();
  });

  test("is not asked for without an ID", async () => {
    expect(await asked({ status: "failed" }, "accepted, as a later receipt shows")).toEqual({
      report: null,
      requests: [],
    });
  });
});
