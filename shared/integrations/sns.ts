/** Amazon SNS: CloudWatch's alarms, EventBridge's events, mails that SES has received, and whatever else is published. */
import * as z from "zod";
import { Invalid, Unavailable } from "../domain/errors.ts";
import { parseJson } from "../domain/json.ts";
import type { Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import { type CloudWatchAlarm, cloudWatchAlarm } from "./cloudwatch-alarm.ts";
import type { Desk, IntegrationType, MonitoringEvent } from "./integration-type.ts";
import { namedFields, severityOf } from "./named-fields.ts";
import { read } from "./read.ts";
import { refusePlainly } from "./refuse-plainly.ts";
import { eventOfMail, isRefuse, sesMail } from "./ses-mail.ts";
import { severitySetting } from "./severity-setting.ts";
import { NotGenuine, type SnsMessage, snsMessage, snsVerifier, urlOfSns } from "./sns-signature.ts";

const settings = z.strictObject({
  severity: severitySetting,
  /** What CloudWatch's `INSUFFICIENT_DATA` is: nothing, or as bad as `ALARM`. */
  insufficient_data: z.enum(["drop", "trigger"]).default("drop"),
  /** Where it is given, no other topic is taken. */
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
      async answer({ headers, json }, desk) {
        if (headers.get("x-amz-sns-rawdelivery") === "true") {
          const message = "raw message delivery is not signed: the subscription has to be without it";
          throw new Invalid([{ path: "", message }]);
        }
        const wanted = settings.parse(desk.integration.settings);
        const message = read(snsMessage, json());
        await verifySns(message, desk);
        if (wanted.topic_arn !== undefined && message.TopicArn !== wanted.topic_arn)
          throw new NotGenuine("The topic is another than this integration's topic_arn");
        await take(message, wanted, desk);
        return { status: 200, body: null };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

async function take(message: SnsMessage, wanted: Settings, desk: Desk): Promise<void> {
  switch (message.Type) {
    case "SubscriptionConfirmation":
      return confirm(message.SubscribeURL, desk);
    case "UnsubscribeConfirmation":
      return desk.complain(`The subscription to ${message.TopicArn} has ended`);
    case "Notification": {
      const event = eventOf(message, wanted);
      if (typeof event === "string") return desk.complain(event);
      await desk.take([event]);
    }
  }
}

/** @throws Unavailable: SNS asks again */
async function confirm(subscribeUrl: string, { fetch }: Desk): Promise<void> {
  const { href } = urlOfSns(subscribeUrl, "SubscribeURL");
  const { status } = await fetch(href).catch((cause: unknown) => {
    throw new Unavailable("Amazon SNS", { cause });
  });
  if (status < 200 || status > 299)
    throw new Unavailable("Amazon SNS", { cause: new Error(`it confirms with ${status}`) });
}

type Notification = Extract<SnsMessage, { Type: "Notification" }>;

/** What a notification says, whatever it is: SNS sends nothing again that is refused. Or why it is left out. */
function eventOf(message: Notification, wanted: Settings): MonitoringEvent | string {
  const { MessageId: eventId, Message: text, Subject: subject, Timestamp, TopicArn: topic } = message;
  const sentAt = parseInstant(Timestamp);
  const content = jsonIn(text);

  const alarm = cloudWatchAlarm.safeParse(content).data;
  if (alarm) {
    if (alarm.state === "INSUFFICIENT_DATA" && wanted.insufficient_data === "drop")
      return `INSUFFICIENT_DATA of ${alarm.name} is left out`;
    const event = eventOfAlarm(alarm, wanted.severity);
    return { ...event, timestamp: alarm.since ?? sentAt, eventId, labels: { ...event.labels, topic } };
  }

  const mail = sesMail.safeParse(content).data;
  if (mail) {
    const event = eventOfMail(mail);
    if (isRefuse(mail)) return `A mail that SES takes for spam is left out: ${event.message}`;
    return { ...event, severity: wanted.severity, timestamp: event.timestamp ?? sentAt, eventId };
  }

  const event = content === undefined ? eventOfText(text) : eventOfJson(content);
  return {
    action: "trigger",
    dedupKey: null,
    timestamp: sentAt,
    ...event,
    severity: event.severity === undefined ? wanted.severity : severityOf(event.severity),
    message: subject?.trim() || event.message,
    labels: { topic, ...event.labels },
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

interface Found extends Partial<Pick<MonitoringEvent, "action" | "dedupKey" | "source" | "labels">> {
  readonly message: string;
  readonly severity?: string | undefined;
}

function eventOfText(text: string): Found {
  const [firstLine = ""] = text.trim().split("\n", 1);
  return { message: firstLine, labels: { message: text.trim() } };
}

const eventBridge = z.object({
  "detail-type": z.string().min(1),
  source: z.string(),
  account: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});

function eventOfJson(content: object): Found {
  const event = eventBridge.safeParse(content).data;
  if (event) {
    const { "detail-type": what, source, account, region, resources, detail } = event;
    return {
      message: [what, ...resources.slice(0, 1)].join(": "),
      dedupKey: JSON.stringify([source, what, ...resources]),
      source,
      labels: { account, region, resources: resources.join(" ") || undefined, ...detail },
    };
  }
  const { message, severity, dedupKey = null, action = "trigger", source, labels } = namedFields(content);
  return { message: message ?? JSON.stringify(content), severity, dedupKey, action, source, labels };
}

/** An object that is told in a text as JSON; undefined for anything else. */
function jsonIn(text: string): object | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
