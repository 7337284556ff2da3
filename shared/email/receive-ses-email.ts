import * as z from "zod";
import { Unavailable } from "../domain/errors.ts";
import { jsonIn } from "../integrations/common/json-in.ts";
import { read } from "../integrations/common/read.ts";
import { isRefuse, sesVerdicts } from "../integrations/sns/ses-mail.ts";
import { NotGenuine, snsMessage, snsVerifier, urlOfSns } from "../integrations/sns/signature.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import type { Log } from "../use-cases/ports/system.ts";
import { forwardEmail, type PostEmail } from "./forward-email.ts";

interface SesDeps {
  /** ARN of the only topic whose messages are taken; empty for none. */
  readonly topic: string;
  /** Domain of the platform's addresses. */
  readonly domain: string;
  readonly fetch: IntegrationContext["fetch"];
  readonly post: PostEmail;
  readonly log: Log;
}

const received = z.object({
  notificationType: z.literal("Received"),
  content: z.string(),
  mail: z.object({ source: z.string().catch("") }),
  receipt: z.object({
    recipients: z.array(z.string()),
    ...sesVerdicts,
    action: z.object({ encoding: z.string().catch("") }),
  }),
});

const verifySns = snsVerifier();

/**
 * Forwards an email that Amazon SES received and SNS posts. Confirms the subscription of the topic.
 *
 * @throws NotGenuine for a message that SNS has not signed, or of another topic
 * @throws Unavailable if the email is not stored, so that SNS tries again
 */
export async function receiveSesEmail(
  { topic, domain, fetch, post, log }: SesDeps,
  body: unknown,
  now: number,
): Promise<void> {
  const message = read(snsMessage, body);
  if (topic === "" || message.TopicArn !== topic)
    throw new NotGenuine("The topic is not INBOUND_EMAIL_TOPIC_ARN");
  await verifySns(message, { fetch, now });
  if (message.Type === "UnsubscribeConfirmation")
    return log.warn("the subscription to inbound email has ended");
  if (message.Type === "SubscriptionConfirmation") {
    const { status } = await fetch(urlOfSns(message.SubscribeURL, "SubscribeURL").href);
    if (status > 299) throw new Unavailable("Amazon SNS");
    return log.info("the subscription to inbound email is confirmed");
  }
  const { data: email } = received.safeParse(jsonIn(message.Message));
  // Such as SES's message that tests the topic.
  if (!email) return log.warn("a message without an email was dropped", { message_id: message.MessageId });
  const { content, mail, receipt } = email;
  const { recipients, action } = receipt;
  if (isRefuse(receipt))
    return log.warn("an email that SES classified as spam was dropped", { message_id: message.MessageId });
  const raw = Buffer.from(content, action.encoding.toLowerCase() === "base64" ? "base64" : "utf8");
  const transportId = `<${message.MessageId}@sns.amazonaws.com>`;
  const result = await forwardEmail({ sender: mail.source, recipients, raw, transportId }, domain, post);
  if (result === "retry") throw new Unavailable("The platform");
  if (result === "refused") log.warn("an email was rejected", { message_id: message.MessageId });
}
