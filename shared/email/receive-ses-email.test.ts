import { describe, expect, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { fetchOfSns, signedBySns } from "../../tests/support/sns.ts";
import { Unavailable } from "../domain/errors.ts";
import type { ReceivedEmail } from "../domain/notifications/received-email.ts";
import { NotGenuine } from "../integrations/sns/signature.ts";
import { receiveSesEmail } from "./receive-ses-email.ts";

const topic = "arn:aws:sns:eu-west-1:123456789012:incidents-email";
const key = "0123456789abcdef0123456789abcdef";
const raw = "From: a@example.com\r\nSubject: Disk is full\r\n\r\n/var\r\n";

const aMessage = (fields: object = {}) => ({
  ...{ Type: "Notification", MessageId: "1", TopicArn: topic, Timestamp: "2026-11-23T10:00:00.456Z" },
  ...{ SignatureVersion: "2", Signature: "" },
  SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
  Message: "",
  ...fields,
});

const anEmail = (receipt: object = {}, content = Buffer.from(raw).toString("base64")) =>
  aMessage({
    Message: JSON.stringify({
      notificationType: "Received",
      content,
      mail: { source: "bounce@example.com" },
      receipt: { recipients: [`${key}@in.example.com`], action: { encoding: "BASE64" }, ...receipt },
    }),
  });

function receiver(status = 202) {
  const posted: { path: string; email: ReceivedEmail }[] = [];
  const fetched: string[] = [];
  const lines: string[] = [];
  const note = (message: string) => void lines.push(message);
  const deps = {
    ...{ topic, domain: "in.example.com", log: { info: note, warn: note, error: note, debug: note } },
    async fetch(url: string) {
      if (url.endsWith(".pem")) return fetchOfSns(url);
      fetched.push(url);
      return { status: 200, body: "" };
    },
    async post(path: string, email: ReceivedEmail) {
      posted.push({ path, email });
      return { status };
    },
  };
  const receive = (message: object, changes: object = {}) =>
    receiveSesEmail({ ...deps, ...changes }, signedBySns({ ...message }), monday);
  return { posted, fetched, lines, deps, receive };
}

describe("an email from Amazon SES", () => {
  test.each([
    ["base64", anEmail()],
    ["text", anEmail({ action: {} }, raw)],
  ])("in %s goes to the integration of its address", async (_, message) => {
    const { posted, receive } = receiver();
    await receive(message);
    expect(posted).toMatchObject([
      {
        path: `/integrations/${key}`,
        email: {
          sender: "bounce@example.com",
          message_id: "<1@sns.amazonaws.com>",
          from: "a@example.com",
          subject: "Disk is full",
          text: "/var\n",
        },
      },
    ]);
  });

  test("that the platform can't store is sent again", async () => {
    await expect(receiver(503).receive(anEmail())).rejects.toThrow(Unavailable);
    await receiver(401).receive(anEmail());
  });

  test.each([
    anEmail({ virusVerdict: { status: "FAIL" } }),
    anEmail({ spamVerdict: { status: "FAIL" } }),
    anEmail({ recipients: ["a@elsewhere.example"] }),
    aMessage({ Message: "Successfully validated SNS topic for Amazon SES event publishing." }),
  ])("that is spam, for others, or no email is dropped", async (message) => {
    const { posted, lines, receive } = receiver();
    await receive(message);
    expect([posted, lines]).toEqual([[], [expect.any(String)]]);
  });

  test("of another topic, without a topic, or with another signature is rejected", async () => {
    const { deps, posted, receive } = receiver();
    await expect(receive({ ...anEmail(), TopicArn: `${topic}2` })).rejects.toThrow(NotGenuine);
    await expect(receive({ ...anEmail(), TopicArn: "x" }, { topic: "" })).rejects.toThrow(NotGenuine);
    const forged = { ...signedBySns(anEmail()), Message: anEmail({ x: 1 }).Message };
    await expect(receiveSesEmail(deps, forged, monday)).rejects.toThrow(NotGenuine);
    await expect(receiveSesEmail(deps, undefined, monday)).rejects.toThrow();
    expect(posted).toEqual([]);
  });

  test("begins after the subscription is confirmed", async () => {
    const { fetched, receive } = receiver();
    const SubscribeURL = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription";
    await receive(aMessage({ Type: "SubscriptionConfirmation", Token: "t", SubscribeURL }));
    expect(fetched).toEqual([SubscribeURL]);
    const elsewhere = aMessage({
      Type: "SubscriptionConfirmation",
      Token: "t",
      SubscribeURL: "https://evil.example/",
    });
    await expect(receive(elsewhere)).rejects.toThrow(NotGenuine);
  });
});
