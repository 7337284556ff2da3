import { describe, expect, test } from "vitest";
import { anOutgoingMessage } from "../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import { voiceChannel } from "./voice.client.ts";

const account = { accountSid: "AC00000000000000000000000000000001", authToken: "tokenTOKENtoken" };
const base = "https://oncall.example.com/twilio";
const callbacks = (id: string) => ({ status: `${base}/status?id=${id}`, call: `${base}/voice/${id}.signed` });

describe("a call", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: voiceChannel({ http, baseUrl: url, ...account, from: "+15005550006", callbacks }),
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

  test.each([null, { status: base, call: null }])(
    "without a URL to ask at fails permanently",
    async (urls) => {
      const unreachable = { http: {} as never, baseUrl: base, ...account, from: "+1500" };
      const channel = voiceChannel({ ...unreachable, callbacks: () => urls });
      const failure = await failureOf(channel.deliver(anOutgoingMessage()));
      expect(failure).toBeInstanceOf(PermanentFailure);
      expect(failure.message).toContain("PUBLIC_URL");
    },
  );
});
