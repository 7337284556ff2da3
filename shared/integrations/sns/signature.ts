/**
 * Verifies that a message comes from Amazon SNS, according to "Verifying the signatures of Amazon SNS
 * messages" in its developer guide. Anyone can post to a leaked URL, but no one else can sign.
 */

import { type KeyObject, verify, X509Certificate } from "node:crypto";
import * as z from "zod";
import { DomainError, Unavailable } from "../../domain/errors.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";

/** Thrown for a message that Amazon SNS did not send for this integration. */
export class NotGenuine extends DomainError {
  readonly code = "forbidden";
}

const signed = {
  MessageId: z.string().min(1),
  TopicArn: z.string().min(1),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(["1", "2"], "must be 1 or 2"),
  Signature: z.string(),
  SigningCertURL: z.string(),
};
const confirmation = { ...signed, Token: z.string(), SubscribeURL: z.string() };

export const snsMessage = z.discriminatedUnion(
  "Type",
  [
    z.object({ Type: z.literal("Notification"), ...signed, Subject: z.string().nullish() }),
    z.object({ Type: z.literal("SubscriptionConfirmation"), ...confirmation }),
    z.object({ Type: z.literal("UnsubscribeConfirmation"), ...confirmation }),
  ],
  { error: "must be one of Notification, SubscriptionConfirmation, UnsubscribeConfirmation" },
);
export type SnsMessage = z.output<typeof snsMessage>;

/** Signed fields in order. Missing ones are omitted. */
const signedFields = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
} as const;

const algorithms = { 1: "RSA-SHA1", 2: "RSA-SHA256" } as const;

/** Returns the signed text of a message. */
export function signedText(message: SnsMessage): string {
  const names =
    message.Type === "Notification" ? signedFields.Notification : signedFields.SubscriptionConfirmation;
  const values = new Map<string, unknown>(Object.entries(message));
  return names
    .flatMap((name) => {
      const value = values.get(name) ?? null;
      return value === null ? [] : [`${name}\n${value}\n`];
    })
    .join("");
}

const host = /^sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;

/** Parses an HTTPS URL of Amazon SNS. @throws NotGenuine for any other */
export function urlOfSns(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOfSns =
    url?.protocol === "https:" &&
    host.test(url.hostname) &&
    `${url.port}${url.username}${url.password}` === "";
  if (!isOfSns) throw new NotGenuine(`${name} is not a URL of Amazon SNS`);
  return url;
}

/** Each region has one certificate at a time. */
const keptCertificates = 16;
const keptMs = dayMs;

/** Creates a verifier that caches certificates. */
export function snsVerifier() {
  const kept = new Map<string, { readonly key: Promise<KeyObject>; readonly until: number }>();

  function keyAt(
    { href }: URL,
    { fetch, now }: Pick<IntegrationContext, "fetch" | "now">,
  ): Promise<KeyObject> {
    const known = kept.get(href);
    if (known && now < known.until) return known.key;
    const key = fetchKey(href, fetch);
    kept.set(href, { key, until: now + keptMs });
    key.catch(() => kept.delete(href));
    const [oldest] = kept.keys();
    if (kept.size > keptCertificates && oldest !== undefined) kept.delete(oldest);
    return key;
  }

  /** @throws NotGenuine, or Unavailable if verification is currently impossible */
  return async (message: SnsMessage, context: Pick<IntegrationContext, "fetch" | "now">): Promise<void> => {
    const url = urlOfSns(message.SigningCertURL, "SigningCertURL");
    if (!url.pathname.endsWith(".pem"))
      throw new NotGenuine("SigningCertURL is not the URL of a certificate");
    const key = await keyAt(url, context);
    const signature = Buffer.from(message.Signature, "base64");
    if (!verify(algorithms[message.SignatureVersion], Buffer.from(signedText(message)), key, signature))
      throw new NotGenuine("The signature is not from Amazon SNS");
  };
}

async function fetchKey(url: string, fetch: IntegrationContext["fetch"]): Promise<KeyObject> {
  try {
    const { status, body } = await fetch(url);
    if (status !== 200) throw new Error(`its status is ${status}`);
    const key = new X509Certificate(body).publicKey;
    if (key.asymmetricKeyType !== "rsa") throw new Error("it has no RSA key");
    return key;
  } catch (cause) {
    throw new Unavailable("The certificate of Amazon SNS", { cause });
  }
}
