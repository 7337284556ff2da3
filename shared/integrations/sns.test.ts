import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { anyText } from "../../tests/support/any-text.ts";
import { minutes } from "../../tests/support/builders.ts";
import { exampleRequest } from "../../tests/support/integration-examples.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { fetchOfSns, signedBySns, snsFields } from "../../tests/support/sns.ts";
import { describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";

const topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
const arn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:checkout-p99";

/** Certificates are kept by their URL, whichever test asked for it. */
let certificates = 0;
let certificate = "";
beforeEach(() => {
  certificate = `https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-${certificates++}.pem`;
});

let messages = 0;
const aMessage = (fields: object = {}) => ({
  Type: "Notification",
  MessageId: `message-${messages++}`,
  TopicArn: topic,
  Message: "down",
  Timestamp: "2026-11-23T10:00:00.456Z",
  SignatureVersion: "1",
  Signature: "",
  SigningCertURL: certificate,
  ...fields,
});
const anAlarm = (NewStateValue: string, fields: object = {}) => ({
  Message: JSON.stringify({ AlarmName: "checkout-p99", AlarmArn: arn, NewStateValue, ...fields }),
});
const aConfirmation = (fields: object = {}) =>
  aMessage({
    Type: "SubscriptionConfirmation",
    Message: "You have chosen to subscribe to the topic …",
    Token: "2336412f37",
    SubscribeURL: `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=2336412f37`,
    ...fields,
  });

interface Options {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Instead of the test's certificate. */
  readonly answer?: (url: string) => Promise<{ status: number; body: string }>;
}

async function integrated({ settings = {}, answer = fetchOfSns }: Options = {}) {
  const asked: string[] = [];
  const system = integrationSystem({
    fetch(url) {
      asked.push(url);
      return answer(url);
    },
  });
  const { key, integration } = await system.integrate("sns", settings);
  const headers = { "content-type": "text/plain; charset=UTF-8" };
  /** As it is. */
  const deliver = (body: object, more = {}) =>
    system.ask({
      method: "POST",
      path: `/integrations/${key}`,
      body: JSON.stringify(body),
      headers: { ...headers, ...more },
    });
  const post = (message: object) => deliver(signedBySns({ ...message }));
  return { system, integration, asked, deliver, post };
}

describe("an alarm of CloudWatch", () => {
  test("opens an incident of its ARN, and resolves it once it is OK", async () => {
    const { system, integration, deliver, post } = await integrated({ settings: { severity: "critical" } });
    const example = exampleRequest("sns", "").body as object;
    expect((await deliver(example)).status).toBe(200);
    await post(aMessage(anAlarm("OK", { NewStateReason: "all is well" })));
    expect(await system.alerts()).toMatchObject([
      {
        action: "trigger",
        message: "checkout-p99: Threshold Crossed: 3 datapoints were greater than the threshold (2.0).",
        severity: "critical",
        source: "CloudWatch",
        dedupKey: `${integration.id}:${arn}`,
        timestamp: Date.parse("2026-11-23T10:00:00.123Z"),
        labels: {
          alarm: "checkout-p99",
          region: "EU (Frankfurt)",
          namespace: "Shop",
          metric: "Latency",
          threshold: 2,
          Service: "checkout",
          previous_state: "OK",
          topic,
        },
      },
      { action: "resolve", message: "checkout-p99: all is well" },
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("keeps its name where a dimension is called like a label of ours", async () => {
    const { system, post } = await integrated();
    const Dimensions = [
      { name: "alarm", value: "bell" },
      { name: "topic", value: "orders" },
      { name: "Service", value: "checkout" },
    ];
    await post(aMessage(anAlarm("ALARM", { Trigger: { MetricName: "Latency", Dimensions } })));
    expect(await system.alerts()).toMatchObject([
      {
        labels: {
          alarm: "checkout-p99",
          dimension_alarm: "bell",
          topic,
          alarm_topic: "orders",
          Service: "checkout",
        },
      },
    ]);
  });

  test("is the same through EventBridge", async () => {
    const { system, post } = await integrated();
    await post(aMessage(anAlarm("ALARM")));
    const event = {
      "detail-type": "CloudWatch Alarm State Change",
      resources: [arn],
      detail: {
        alarmName: "checkout-p99",
        state: { value: "OK", timestamp: "2026-11-23T10:01:00.000+0000" },
      },
    };
    await post(aMessage({ Message: JSON.stringify(event) }));
    expect(await system.incidents()).toMatchObject([{ status: "resolved", alertCount: 2 }]);
  });

  test("with insufficient data is ignored and logged, unless the integration enables it", async () => {
    const { system, post } = await integrated();
    expect((await post(aMessage(anAlarm("INSUFFICIENT_DATA")))).status).toBe(200);
    expect(await system.alerts()).toEqual([]);
    expect(system.errors).toMatchObject([
      { status: null, message: "Ignored INSUFFICIENT_DATA of checkout-p99" },
    ]);
    const wanting = await integrated({ settings: { insufficient_data: "trigger" } });
    await wanting.post(aMessage(anAlarm("INSUFFICIENT_DATA")));
    expect(await wanting.system.alerts()).toMatchObject([{ action: "trigger" }]);
  });
});

describe("a message of SNS", () => {
  test.each(["1", "2"])(
    "signed by version %s is taken; tampered with, it is refused and that is kept",
    async (SignatureVersion) => {
      const { system, deliver, post } = await integrated();
      const message = aMessage({ SignatureVersion, Subject: "down" });
      expect((await post(message)).status).toBe(200);
      const signed = signedBySns(message);
      for (const other of [
        { Message: "another" },
        { Subject: undefined },
        { Timestamp: "2026-11-23T11:00:00.000Z" },
        { TopicArn: `${topic}-of-another` },
        { MessageId: "another" },
        { SignatureVersion: SignatureVersion === "1" ? "2" : "1" },
        { Signature: "" },
        { Signature: "c2lnbmVk" },
      ])
        expect([other, (await deliver({ ...signed, ...other })).status]).toEqual([other, 403]);
      expect(await system.alerts()).toHaveLength(1);
      expect(system.errors).toHaveLength(8);
      expect(system.errors[0]).toMatchObject({
        status: 403,
        message: "The signature is not from Amazon SNS",
      });
    },
  );

  test.each([
    "http://sns.eu-central-1.amazonaws.com/x.pem",
    "https://sns.eu-central-1.amazonaws.com.example.com/x.pem",
    "https://example.com/sns.eu-central-1.amazonaws.com/x.pem",
    "https://sns.eu-central-1.amazonaws.com:8443/x.pem",
    "https://ada@sns.eu-central-1.amazonaws.com/x.pem",
    "https://snsXeu-central-1.amazonaws.com/x.pem",
    "https://s3.eu-central-1.amazonaws.com/x.pem",
    "https://sns.eu-central-1.amazonaws.com/?file=x.pem",
    "x.pem",
  ])("with a certificate at %s is rejected without a request", async (SigningCertURL) => {
    const { asked, post } = await integrated();
    expect((await post(aMessage({ SigningCertURL }))).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test("has its certificate fetched once", async () => {
    const { asked, post } = await integrated();
    await Promise.all([post(aMessage()), post(aMessage())]);
    await post(aMessage());
    expect(asked).toEqual([certificate]);
  });

  test.each([
    ["can't be asked for", () => Promise.reject(new Error("no response"))],
    ["is not there", () => Promise.resolve({ status: 404, body: "" })],
    ["is none", () => Promise.resolve({ status: 200, body: "<html>" })],
  ])("whose certificate %s now is to be sent again, and is taken then", async (_, failing) => {
    let answer: Options["answer"] = failing;
    const { system, post } = await integrated({ answer: (url) => answer?.(url) ?? fetchOfSns(url) });
    const message = aMessage();
    expect((await post(message)).status).toBe(503);
    answer = undefined;
    expect((await post(message)).status).toBe(200);
    expect(await system.alerts()).toHaveLength(1);
  });

  test("that is delivered again is taken once, in another hour too", async () => {
    const { system, post } = await integrated();
    const message = aMessage();
    await post(message);
    await system.alerts();
    system.advance(minutes(60));
    expect((await post(message)).status).toBe(200);
    await post(aMessage());
    expect(await system.alerts()).toHaveLength(2);
  });

  test("of another topic than the integration's is refused", async () => {
    const { post } = await integrated({ settings: { topic_arn: topic } });
    expect((await post(aMessage())).status).toBe(200);
    expect((await post(aMessage({ TopicArn: `${topic}2` }))).status).toBe(403);
    expect((await post(aConfirmation({ TopicArn: `${topic}2` }))).status).toBe(403);
  });

  test("that is raw is rejected, because it has no signature", async () => {
    const { system, deliver } = await integrated();
    const reply = await deliver({ AlarmName: "x" }, { "x-amz-sns-rawdelivery": "true" });
    expect(reply.status).toBe(422);
    expect(system.errors).toMatchObject([{ message: expect.stringContaining("raw message delivery") }]);
  });
});

describe("a subscription", () => {
  const confirming = (status = 200) => ({
    answer: (url: string) =>
      url.includes("ConfirmSubscription") ? Promise.resolve({ status, body: "" }) : fetchOfSns(url),
  });

  test.each(["1", "2"])(
    "is confirmed where its message, signed by version %s, says",
    async (SignatureVersion) => {
      const { system, asked, post } = await integrated(confirming());
      const message = aConfirmation({ SignatureVersion });
      expect((await post(message)).status).toBe(200);
      expect(asked).toEqual([certificate, (message as { SubscribeURL?: string }).SubscribeURL]);
      expect([await system.alerts(), system.errors]).toEqual([[], []]);
    },
  );

  test("is not confirmed elsewhere, nor by unsigned messages", async () => {
    const { asked, deliver, post } = await integrated(confirming());
    const elsewhere = aConfirmation({ SubscribeURL: "https://169.254.169.254/?Action=ConfirmSubscription" });
    expect((await post(elsewhere)).status).toBe(403);
    expect((await deliver({ ...aConfirmation(), Signature: "c2lnbmVk" })).status).toBe(403);
    expect(asked).toEqual([certificate]);
  });

  test("that can't be confirmed now is to be asked for again", async () => {
    const { post } = await integrated(confirming(500));
    expect((await post(aConfirmation())).status).toBe(503);
  });

  test("that ends is logged", async () => {
    const { system, post } = await integrated();
    expect((await post(aConfirmation({ Type: "UnsubscribeConfirmation" }))).status).toBe(200);
    expect(system.errors).toMatchObject([
      { status: null, message: `The subscription to ${topic} has ended` },
    ]);
  });
});

describe("what else is published", () => {
  const published = async (fields: object, settings = {}) => {
    const { system, post } = await integrated({ settings });
    await post(aMessage(fields));
    const [alert] = await system.alerts();
    return alert;
  };

  test("is an alert by its subject, or by its first line", async () => {
    expect(await published({ Subject: "Backup failed", Message: "disk full\non db-1" })).toMatchObject({
      message: "Backup failed",
      severity: "high",
      source: "Amazon SNS",
      labels: { topic, message: "disk full\non db-1" },
      timestamp: Date.parse("2026-11-23T10:00:00.456Z"),
    });
    expect(await published({ Message: "disk full\non db-1" }, { severity: "low" })).toMatchObject({
      message: "disk full",
      severity: "low",
    });
  });

  test("as JSON is read by the usual names", async () => {
    const Message = JSON.stringify({ title: "Disk is full", severity: "warning", id: "disk", state: "ok" });
    expect(await published({ Message })).toMatchObject({
      message: "Disk is full",
      severity: "medium",
      dedupKey: expect.stringMatching(/:disk$/),
      action: "resolve",
    });
    expect(await published({ Message: '{"a":1}', Subject: "x" })).toMatchObject({ message: "x" });
    expect(await published({ Message: '{"a":1}' })).toMatchObject({ message: '{"a":1}' });
  });

  test("by EventBridge is what happened to which resource", async () => {
    const event = {
      version: "0",
      id: "7bf73129",
      "detail-type": "EC2 Instance State-change Notification",
      source: "aws.ec2",
      account: "123456789012",
      time: "2026-11-23T10:00:00Z",
      region: "eu-central-1",
      resources: ["arn:aws:ec2:eu-central-1:123456789012:instance/i-0abc"],
      detail: { "instance-id": "i-0abc", state: "terminated" },
    };
    expect(await published({ Message: JSON.stringify(event) })).toMatchObject({
      message: `EC2 Instance State-change Notification: ${event.resources[0]}`,
      source: "aws.ec2",
      labels: { region: "eu-central-1", state: "terminated", "instance-id": "i-0abc" },
    });
  });

  const eventBridge = (source: string, what: string, detail: object) =>
    published({
      Message: JSON.stringify({
        version: "0",
        "detail-type": what,
        source,
        account: "123456789012",
        time: "2026-11-23T09:00:00Z",
        region: "eu-central-1",
        resources: [],
        detail,
      }),
    });

  test("by EventBridge without resources is described and identified by its detail", async () => {
    const finding = (id: string, title: string) =>
      eventBridge("aws.guardduty", "GuardDuty Finding", {
        id,
        title,
        severity: 8,
        description: "A host asks for a domain of miners.",
        region: "of the detail",
      });
    const [first, again, other] = [
      await finding("f1", "Mining on i-0abc"),
      await finding("f1", "Mining on i-0abc, again"),
      await finding("f2", "Mining on i-0def"),
    ];
    expect(first).toMatchObject({
      message: "GuardDuty Finding: Mining on i-0abc\nA host asks for a domain of miners.",
      severity: "high",
      timestamp: Date.parse("2026-11-23T09:00:00Z"),
      labels: { region: "eu-central-1", detail_region: "of the detail", id: "f1" },
    });
    const keyOf = (alert: typeof first) => alert?.dedupKey?.replace(/^[^:]*:/, "");
    expect(keyOf(again)).toBe(keyOf(first));
    expect(keyOf(other)).not.toBe(keyOf(first));

    const health = (statusCode: string) =>
      eventBridge("aws.health", "AWS Health Event", {
        eventArn: "arn:aws:health:eu-central-1::event/EC2/1",
        eventTypeCode: "AWS_EC2_OPERATIONAL_ISSUE",
        statusCode,
        eventDescription: [{ language: "en_US", latestDescription: "Instances are slow." }],
      });
    expect(await health("open")).toMatchObject({
      message: "AWS Health Event: AWS_EC2_OPERATIONAL_ISSUE\nInstances are slow.",
      action: "trigger",
      severity: "high",
    });
    expect(await health("closed")).toMatchObject({ action: "resolve" });
    expect(await eventBridge("aws.x", "Odd", { a: { b: 1 } })).toMatchObject({ message: "Odd" });
  });

  test("as a list is an alert of each of its objects", async () => {
    const { system, post } = await integrated();
    const message = aMessage({
      Message: JSON.stringify([
        { title: "one", id: 1 },
        { title: "two", id: 2 },
      ]),
    });
    await post(message);
    await post(message);
    expect(await system.alerts()).toMatchObject([{ message: "one" }, { message: "two" }]);
    await post(aMessage({ Message: "[1, 2]" }));
    expect((await system.alerts()).at(-1)).toMatchObject({ message: "[1, 2]" });
  });

  test("as JSON with empty fields is read from the next fields", async () => {
    const Message = JSON.stringify({
      message: "",
      title: "Disk is full",
      severity: {},
      level: "OK",
      id: "d",
    });
    expect(await published({ Message })).toMatchObject({ message: "Disk is full", action: "resolve" });
  });

  test("is never refused for what it holds", async () => {
    const { system, post } = await integrated();
    const inner = fc.oneof(
      anyText(),
      fc.json(),
      fc
        .record(
          {
            AlarmName: fc.anything(),
            NewStateValue: fc.constantFrom("ALARM", "OK", 1),
            Trigger: fc.anything(),
            notificationType: fc.constant("Received"),
            mail: fc.anything(),
            "detail-type": fc.string(),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
      fc.constantFrom("[".repeat(10_000), `${'{"a":'.repeat(40)}1${"}".repeat(40)}`, '{"title":"\\ud800"}'),
    );
    await fc.assert(
      fc.asyncProperty(inner, fc.option(fc.string()), async (Message, Subject) => {
        expect((await post(aMessage({ Message, Subject }))).status).toBe(200);
      }),
      { numRuns: 200 },
    );
    expect((await system.alerts()).length).toBeGreaterThan(0);
  });
});

describe("a mail that SES has received", () => {
  const aMail = (subject: string | undefined, receipt = {}) => ({
    Subject: "Amazon SES Email Receipt Notification",
    Message: JSON.stringify({
      notificationType: "Received",
      mail: {
        timestamp: "2026-11-23T09:59:58.000Z",
        source: "bounces@nas.example.com",
        messageId: "o3vrnil0e2ic28tr",
        destination: ["on-call@alerts.example.com"],
        commonHeaders: { from: ["NAS <nas@example.com>"], subject },
      },
      receipt,
    }),
  });

  test("is an alert of its subject and its sender", async () => {
    const { system, post } = await integrated();
    await post(aMessage(aMail("RAID is degraded")));
    expect(await system.alerts()).toMatchObject([
      {
        message: "RAID is degraded",
        severity: "high",
        source: "NAS <nas@example.com>",
        timestamp: Date.parse("2026-11-23T09:59:58Z"),
        labels: { to: "on-call@alerts.example.com", message_id: "o3vrnil0e2ic28tr" },
      },
    ]);
  });

  test("is grouped with others of its subject, and resolved by a resolve of it", async () => {
    const { system, post } = await integrated();
    await post(aMessage(aMail("[FIRING:1] RAID is degraded")));
    await post(aMessage(aMail("Re: RAID is degraded")));
    await post(aMessage(aMail("Fans are slow")));
    await post(aMessage(aMail("[RESOLVED] RAID is degraded")));
    await post(aMessage(aMail("Resolved: fans are slow")));
    expect(await system.incidents()).toMatchObject([
      { status: "resolved", alertCount: 3 },
      { status: "resolved", alertCount: 2 },
    ]);
  });

  test("is ignored and logged if SES marks it as spam or a virus", async () => {
    const { system, post } = await integrated();
    await post(aMessage(aMail("Buy", { spamVerdict: { status: "FAIL" }, virusVerdict: { status: "PASS" } })));
    await post(aMessage(aMail("Open", { virusVerdict: { status: "FAIL" } })));
    await post(aMessage(aMail(undefined, { spamVerdict: { status: "PASS" } })));
    expect(await system.alerts()).toMatchObject([
      { message: "Email from NAS <nas@example.com> without a subject" },
    ]);
    expect(system.errors).toHaveLength(2);
  });
});

const fields = z.record(z.string(), z.unknown());
const example = () => fields.parse(exampleRequest("sns", "").body);
describeClientLabels("sns", {
  "an alarm": {
    body: (labels, own) => {
      const alarm = fields.parse(JSON.parse(String(example().Message)));
      const { AlarmName, NewStateValue } = alarm;
      const Dimensions = Object.entries(labels).map(([name, value]) => ({ name, value }));
      const Trigger = { ...(own && fields.parse(alarm.Trigger)), Dimensions };
      const Message = JSON.stringify({ ...(own ? alarm : { AlarmName, NewStateValue }), Trigger });
      return signedBySns(snsFields.parse({ ...example(), Message }));
    },
  },
  "an event of EventBridge": {
    body: (labels, own) => {
      const Message = JSON.stringify({
        "detail-type": "Backup Job State Change",
        source: "aws.backup",
        detail: labels,
        ...(own && { account: "123456789012", region: "eu-central-1", resources: ["arn:aws:x"] }),
      });
      return signedBySns(snsFields.parse({ ...example(), Message }));
    },
  },
});
