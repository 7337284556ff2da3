import { generateKeyPairSync } from "node:crypto";
import { jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../../tests/support/suites/channel-suite.ts";
import { reconcileTrial } from "../../../tests/support/suites/reconcile-trial.ts";
import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import { client } from "../voice.client.ts";
import { vonageVoice } from "./vonage-voice.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const account = {
  VONAGE_APPLICATION_ID: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
  // As an environment file has it.
  VONAGE_PRIVATE_KEY: pem.replaceAll("\n", "\\n"),
  VONAGE_FROM: "+15005550006",
};
const base = "https://oncall.example.com";
const callbacks = (id: string) => ({
  status: "",
  calls: { twilio: "", vonage: `${base}/vonage/calls/${id}.signed` },
});
const settingsAt = (VONAGE_BASE_URL: string) => client.settings().parse({ ...account, VONAGE_BASE_URL });

describe("a call through Vonage", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: vonageVoice(settingsAt(url), { http, callbacks }),
      address: "+4915112345678",
    }),
    accepted: {
      answer: { status: 201, body: '{"uuid":"63f61863","status":"started","direction":"outbound"}' },
      detail: "201 63f61863",
    },
    refusals: {
      temporary: {},
      permanent: {
        "a 201 with a call that has failed": { status: 201, body: '{"uuid":"63f61863","status":"failed"}' },
      },
    },
    permanent: {
      "a 400 with a number that is not valid": {
        status: 400,
        body: '{"title":"Bad Request","detail":"invalid number","type":"https://developer.vonage.com"}',
      },
    },
    secrets: [pem],
    maxBytes: 2_000,
  });

  test("rings for 30 seconds, hangs up on machines, and asks the platform what to say", async () => {
    const message = anOutgoingMessage();
    const { path, body } = await trial().deliver(message);
    const url = `${base}/vonage/calls/${message.notification.id}.signed`;
    expect(path).toBe("/v1/calls");
    expect(JSON.parse(body)).toEqual({
      to: [{ type: "phone", number: "4915112345678" }],
      from: { type: "phone", number: "15005550006" },
      answer_url: [url],
      answer_method: "POST",
      event_url: [url],
      event_method: "POST",
      machine_detection: "hangup",
      ringing_timer: 30,
    });
  });

  test("is authenticated by a token that the application's key has signed", async () => {
    const { headers } = await trial().deliver(anOutgoingMessage());
    const token = headers.authorization?.replace("Bearer ", "") ?? "";
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ["RS256"],
      currentDate: new Date(monday),
    });
    expect(payload).toEqual({
      application_id: account.VONAGE_APPLICATION_ID,
      iat: monday / 1_000,
      exp: monday / 1_000 + 60,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  test("without a URL to ask at fails permanently", async () => {
    const channel = vonageVoice(settingsAt(base), { http: {} as never, callbacks: () => null });
    const failure = await failureOf(channel.deliver(anOutgoingMessage()));
    expect(failure).toBeInstanceOf(PermanentFailure);
    expect(failure.message).toContain("PUBLIC_URL");
  });
});

describe("a call that Vonage has not reported on", () => {
  const ask = reconcileTrial(
    (http, url) => vonageVoice(settingsAt(url), { http, callbacks }),
    "201 63f61863",
  );
  const asked = (status: string) => ask({ uuid: "63f61863", status });
  const path = "/v1/calls/63f61863";

  test.each(["started", "ringing"])("is ended while it is %s", async (status) => {
    expect(await asked(status)).toEqual({
      report: { kind: "undelivered", detail: `canceled while ${status}`, providerId: "63f61863" },
      requests: [
        { method: "GET", path, body: "" },
        { method: "PUT", path, body: '{"action":"hangup"}' },
      ],
    });
  });

  test.each([
    { status: "timeout", report: { kind: "undelivered", detail: "no-answer", providerId: "63f61863" } },
    {
      status: "machine",
      report: { kind: "undelivered", detail: "answered by a machine", providerId: "63f61863" },
    },
    // Vonage does not repeat who answered.
    { status: "completed", report: null },
    { status: "answered", report: null },
  ])("is reported as far as $status tells", async ({ status, report }) => {
    expect(await asked(status)).toMatchObject({ report, requests: { length: 1 } });
  });
});

test.each([
  { changed: { VONAGE_FROM: "Incidents" }, fault: /must be a phone number/ },
  { changed: { VONAGE_PRIVATE_KEY: "secret" }, fault: /must be the private key of the application, in PEM/ },
])("settings with $changed are invalid", ({ changed, fault }) => {
  const { error } = client.settings().safeParse({ ...account, ...changed });
  expect(error?.issues.map(({ message }) => message).join()).toMatch(fault);
});
