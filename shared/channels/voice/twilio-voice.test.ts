import { describe, expect, test } from "vitest";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../../tests/support/suites/channel-suite.ts";
import { reconcileTrial } from "../../../tests/support/suites/reconcile-trial.ts";
import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import { twilioVoice } from "./twilio-voice.ts";

const account = { accountSid: "AC00000000000000000000000000000001", authToken: "tokenTOKENtoken" };
const base = "https://oncall.example.com/twilio";
const callbacks = (id: string) => ({
  status: `${base}/status?id=${id}`,
  calls: { twilio: `${base}/voice/${id}.signed`, vonage: "" },
});

describe("a call", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: twilioVoice({ http, baseUrl: url, ...account, from: "+15005550006", callbacks }),
      address: "+4915112345678",
    }),
    accepted: { answer: { status: 201, body: '{"sid":"CA01","status":"queued"}' }, detail: "201 CA01" },
    refusals: {
      temporary: {
        "a 200 with too many requests": {
          status: 200,
          body: '{"code":20429,"message":"Too Many Requests","status":429}',
        },
      },
      permanent: {
        "a 201 with a call that has failed": {
          status: 201,
          body: '{"sid":"CA01","status":"failed","error_code":null}',
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
    maxBytes: 2_000,
  });

  test("rings for 30 seconds, detects machines, and asks the platform what to say", async () => {
    const message = anOutgoingMessage();
    const { path, body } = await trial().deliver(message);
    expect(path).toBe(`/2010-04-01/Accounts/${account.accountSid}/Calls.json`);
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      To: "+4915112345678",
      From: "+15005550006",
      Url: `${base}/voice/${message.notification.id}.signed`,
      StatusCallback: `${base}/status?id=${message.notification.id}`,
      MachineDetection: "Enable",
      Timeout: "30",
    });
  });

  test.each([null, { status: base, calls: null }])(
    "without a URL to ask at fails permanently",
    async (urls) => {
      const unreachable = { http: {} as never, baseUrl: base, ...account, from: "+1500" };
      const channel = twilioVoice({ ...unreachable, callbacks: () => urls });
      const failure = await failureOf(channel.deliver(anOutgoingMessage()));
      expect(failure).toBeInstanceOf(PermanentFailure);
      expect(failure.message).toContain("PUBLIC_URL");
    },
  );
});

describe("a call that Twilio has not reported on", () => {
  const asked = reconcileTrial(
    (http, url) => twilioVoice({ http, baseUrl: url, ...account, from: "+1500", callbacks }),
    "201 CA01",
  );
  const path = `/2010-04-01/Accounts/${account.accountSid}/Calls/CA01.json`;

  test.each(["queued", "initiated", "ringing"])("is canceled while it is %s", async (status) => {
    expect(await asked({ sid: "CA01", status, answered_by: null })).toEqual({
      report: { kind: "undelivered", detail: `canceled while ${status}`, providerId: "CA01" },
      requests: [
        { method: "GET", path, body: "" },
        { method: "POST", path, body: "Status=canceled" },
      ],
    });
  });

  test.each([
    {
      call: { status: "completed", answered_by: "human" },
      kind: "delivered",
      detail: "answered by a person",
    },
    {
      call: { status: "in-progress", answered_by: "human" },
      kind: "delivered",
      detail: "answered by a person",
    },
    {
      call: { status: "completed", answered_by: "fax" },
      kind: "undelivered",
      detail: "answered by a machine",
    },
    { call: { status: "completed" }, kind: "undelivered", detail: "answered by someone unknown" },
    { call: { status: "no-answer", answered_by: null }, kind: "undelivered", detail: "no-answer" },
  ])("is $detail if Twilio says $call", async ({ call, kind, detail }) => {
    const { report, requests } = await asked(call);
    expect(report).toEqual({ kind, detail, providerId: "CA01" });
    expect(requests).toHaveLength(1);
  });

  test("is left alone while someone may hear it, and if it has no ID", async () => {
    expect((await asked({ status: "in-progress" })).report).toBeNull();
    expect(await asked({ status: "queued" }, "accepted, as a later receipt shows")).toEqual({
      report: null,
      requests: [],
    });
  });
});
