/** Amazon SNS: CloudWatch alarms, EventBridge events, emails received by SES, and any other messages. */

import * as z from "zod";
import { Invalid, Unavailable } from "../domain/errors.ts";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { isObject } from "../domain/json-object.ts";
import { limits } from "../domain/limits.ts";
import type { Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { jsonIn } from "./common/json-in.ts";
import { withClientLabels } from "./common/labels.ts";
import { namedFields } from "./common/named-fields.ts";
import { read } from "./common/read.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import { severitySetting } from "./common/severity-setting.ts";
import type { IntegrationType } from "./integration-type.ts";
import { type CloudWatchAlarm, cloudWatchAlarm } from "./sns/cloudwatch-alarm.ts";
import { eventOfEventBridge, type FoundEvent } from "./sns/event-bridge.ts";
import { eventOfMail, isRefuse, sesMail } from "./sns/ses-mail.ts";
import { NotGenuine, type SnsMessage, snsMessage, snsVerifier, urlOfSns } from "./sns/signature.ts";

const settings = z.strictObject({
  severity: severitySetting,
  /** Treatment of CloudWatch's `INSUFFICIENT_DATA`: ignored, or like `ALARM`. */
  insufficient_data: z.enum(["drop", "trigger"]).default("drop"),
  /** If set, other topics are rejected. */
  topic_arn: z
    .string()
    .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]{1,256}$/, "must be the ARN of a topic")
    .optional(),
});
type Settings = z.output<typeof settings>;

const verifySns = snsVerifier();

export const sns = {
  title: "Amazon SNS",
  url: "/integrations/{key}",
  setUp: `aws sns subscribe --protocol https --notification-endpoint '{url}' \\
  --topic-arn arn:aws:sns:REGION:ACCOUNT:TOPIC`,
  settings,
  routes: [
    {
      method: "POST",
      path: "",
      async handle({ headers, json, body }, context) {
        if (headers.get("x-amz-sns-rawdelivery") === "true") {
          const message = "raw message delivery is unsigned: disable it for the subscription";
          throw new Invalid([{ path: "", message }], message);
        }
        const wanted = settings.parse(context.integration.settings);
        const message = read(snsMessage, json());
        // Texts that cannot be stored are replaced in `message`, and signed as they were sent.
        await verifySns(read(snsMessage, JSON.parse(body)), context);
        if (wanted.topic_arn !== undefined && message.TopicArn !== wanted.topic_arn)
          throw new NotGenuine("The topic differs from this integration's topic_arn");
        await take(message, wanted, context);
        return { status: 200, body: null };
      },
    },
  ],
  async receiveUnsigned({ json }, context) {
    await take(read(snsMessage, json()), settings.parse(context.integration.settings), context);
    return { status: 200, body: null };
  },
  refuse: refusePlainly,
} satisfies IntegrationType;

async function take(message: SnsMessage, wanted: Settings, context: IntegrationContext): Promise<void> {
  switch (message.Type) {
    case "SubscriptionConfirmation":
      return confirm(message.SubscribeURL, context);
    case "UnsubscribeConfirmation":
      return context.warn(`The subscription to ${message.TopicArn} has ended`);
    case "Notification": {
      const events = eventsOf(message, wanted);
      for (const event of events) if (typeof event === "string") context.warn(event);
      await context.take(events.filter((event) => typeof event !== "string"));
    }
  }
}

/** @throws Unavailable, so that SNS retries */
async function confirm(subscribeUrl: string, { fetch }: IntegrationContext): Promise<void> {
  const { href } = urlOfSns(subscribeUrl, "SubscribeURL");
  const { status } = await fetch(href).catch((cause: unknown) => {
    throw new Unavailable("Amazon SNS", { cause });
  });
  if (status < 200 || status > 299)
    throw new Unavailable("Amazon SNS", { cause: new Error(`it confirms with ${status}`) });
}

type Notification = Extract<SnsMessage, { Type: "Notification" }>;

/** A list of objects becomes one event per object. Anything else is one event. */
function eventsOf(message: Notification, wanted: Settings): (MonitoringEvent | string)[] {
  const content = jsonIn(message.Message);
  const isBatch =
    Array.isArray(content) &&
    content.length > 0 &&
    content.length <= limits.alertsPerBatch &&
    content.every(isObject);
  return isBatch
    ? content.map((each, index) => eventOf(message, each, `${message.MessageId}:${index}`, wanted))
    : [eventOf(message, isObject(content) ? content : undefined, message.MessageId, wanted)];
}

/**
 * Converts a notification of any kind, because SNS does not resend rejected ones. Returns a text with the
 * reason if it is ignored.
 */
function eventOf(
  message: Notification,
  content: object | undefined,
  eventId: string,
  wanted: Settings,
): MonitoringEvent | string {
  const { Message: text, Subject: subject, Timestamp, TopicArn: topic } = message;
  const sentAt = parseInstant(Timestamp);

  const alarm = cloudWatchAlarm.safeParse(content).data;
  if (alarm) {
    if (alarm.state === "INSUFFICIENT_DATA" && wanted.insufficient_data === "drop")
      return `Ignored INSUFFICIENT_DATA of ${alarm.name}`;
    const event = eventOfAlarm(alarm, wanted.severity);
    const labels = withClientLabels({ topic }, event.labels ?? {}, "alarm_");
    return { ...event, timestamp: alarm.since ?? sentAt, eventId, labels };
  }

  const mail = sesMail.safeParse(content).data;
  if (mail) {
    const event = eventOfMail(mail);
    if (isRefuse(mail.receipt ?? {})) return `Ignored an email that SES classified as spam: ${event.message}`;
    return { ...event, severity: wanted.severity, timestamp: event.timestamp ?? sentAt, eventId };
  }

  const {
    action = "trigger",
    dedupKey = null,
    severity = wanted.severity,
    timestamp = sentAt,
    ...event
  } = content === undefined ? eventOfText(text) : (eventOfEventBridge(content) ?? eventOfJson(content));
  return {
    ...event,
    action,
    dedupKey,
    severity,
    timestamp,
    message:
      [subject?.trim(), event.message].find((summary) => summary !== undefined && summary !== "") ?? "",
    labels: withClientLabels({ topic }, event.labels ?? {}, "message_"),
    eventId,
  };
}

function eventOfAlarm(
  { arn, name, state, reason, labels }: CloudWatchAlarm,
  severity: Severity,
): MonitoringEvent {
  return {
    action: state === "OK" ? "resolve" : "trigger",
    message: [name, reason].filter(Boolean).join(": "),
    severity,
    dedupKey: arn,
    source: "CloudWatch",
    labels,
  };
}

function eventOfText(text: string): FoundEvent {
  const [firstLine = ""] = text.trim().split("\n", 1);
  return { message: firstLine, labels: { message: text.trim() } };
}

function eventOfJson(content: object): FoundEvent {
  const found = namedFields(content);
  return { ...found, message: found.message ?? JSON.stringify(content) };
}
