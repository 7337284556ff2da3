/** Providers of push, text messages and calls as an HTTP server, a mail server, and the people whom they reach. */
import { createECDH, randomBytes } from "node:crypto";
import type { Channel } from "../../shared/channels/channel-type.ts";
import { emailChannel } from "../../shared/channels/email.client.ts";
import { generateVapidKeys } from "../../shared/channels/push/vapid.ts";
import { pushChannel } from "../../shared/channels/push.client.ts";
import { smsChannel } from "../../shared/channels/sms.client.ts";
import { twilioVoice } from "../../shared/channels/voice/twilio-voice.ts";
import type { PushDevice } from "../../shared/domain/access/push-device.ts";
import type { ContactMethod } from "../../shared/domain/notifications/notification.ts";
import { createHttp } from "../../shared/outbound/http.ts";
import { publicUrl, twilioToken } from "../support/drive/notifications.ts";
import { type ReceivedRequest, startMailServer, startProvider } from "../support/platform/provider-server.ts";

/** A person with a browser that takes push, and a phone. */
interface Reachable {
  readonly email: string;
  readonly methods: readonly ContactMethod[];
  readonly device: PushDevice;
}

export function peopleOf(count: number, providerUrl: string): readonly Reachable[] {
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const [p256dh, auth] = [browser.getPublicKey("base64url"), randomBytes(16).toString("base64url")];
  return Array.from({ length: count }, (_, index) => {
    const email = `p${index}@example.com`;
    const number = `+49151${10_000_000 + index}`;
    const endpoint = `${providerUrl}/push/${email}`;
    const methods = [
      { id: "push", channel: "push", address: email },
      { id: "phone", channel: "sms", address: number },
      { id: "call", channel: "voice", address: number },
    ];
    const device = { id: `psh_${index}`, endpoint, p256dh, auth, name: "Firefox", createdAt: 0 };
    return { email, methods, device };
  });
}

const vapidKeys = generateVapidKeys();
const account = { accountSid: "AC0", authToken: twilioToken, from: "+4930123456" };

/** Settings of a platform that uses the providers. */
export function settingsFor({ url: providerUrl, mailUrl }: Providers): Record<string, string> {
  return {
    SMTP_URL: mailUrl,
    PUBLIC_URL: publicUrl,
    VAPID_PUBLIC_KEY: vapidKeys.publicKey,
    VAPID_PRIVATE_KEY: vapidKeys.privateKey,
    TWILIO_BASE_URL: providerUrl,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_FROM: account.from,
  };
}

/** Returns the real channels, connected to the providers. */
export async function channelsTo(
  { url: providerUrl, mailUrl }: Providers,
  people: readonly Reachable[],
): Promise<Channel> {
  const http = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: 7_500 });
  const devices = new Map(people.map(({ email, device }) => [email, [device]]));
  const callbacks = (id: string) => ({
    status: `${publicUrl}/twilio/status?id=${id}`,
    calls: { twilio: `${publicUrl}/twilio/voice/${id}`, vonage: "" },
  });
  const twilio = { http, baseUrl: providerUrl, ...account, callbacks };
  const real: Partial<Record<string, Channel>> = {
    email: await emailChannel({ url: mailUrl, from: "bench@example.com", timeoutMs: 7_500 }),
    push: pushChannel({
      http,
      pushDevices: { of: async (email) => devices.get(email) ?? [], drop: async () => undefined },
      receiptUrl: async () => null,
      keys: vapidKeys,
      subject: "mailto:bench@example.com",
    }),
    sms: smsChannel(twilio),
    voice: twilioVoice(twilio),
  };
  return {
    async deliver(message) {
      const chosen = real[message.notification.channel];
      if (!chosen) throw new Error(`no channel ${message.notification.channel}`);
      return chosen.deliver(message);
    },
  };
}

/** Reactions of a provider to a message: takes it, answers 503, or closes the connection before it takes it. */
type Fate = "accepted" | "unavailable" | "reset";

export interface Providers {
  readonly url: string;
  /** URL of the mail server, which takes what no other provider could deliver. */
  readonly mailUrl: string;
  /** Number of requests. */
  readonly requests: number;
  /** Messages that were accepted, as `sms +4915110000000`, in order. */
  readonly accepted: readonly string[];
  /** Addresses of emails, in order. */
  readonly emailed: readonly string[];
  close(): Promise<void>;
}

interface ProviderOptions {
  /** @param name channel and address: `push p0@example.com` */
  readonly fateOf?: (name: string) => Fate;
  /** Told the path of the callback of each accepted call, which a person answers. */
  readonly onAnswered: (callback: string) => Promise<unknown>;
}

export async function startProviders({ fateOf, onAnswered }: ProviderOptions): Promise<Providers> {
  const accepted: string[] = [];
  const reports: Promise<unknown>[] = [];
  const [server, mail] = await Promise.all([startProvider(), startMailServer()]);
  server.behave((request) => {
    const { name, callback } = readMessage(request);
    const fate = fateOf?.(name) ?? "accepted";
    if (fate === "reset") return "resets";
    if (fate === "unavailable") return { status: 503 };
    accepted.push(name);
    if (name.startsWith("voice ") && callback) reports.push(onAnswered(callback.slice(publicUrl.length)));
    return { status: 201, body: "{}" };
  });
  return {
    url: server.url,
    mailUrl: mail.url,
    get requests() {
      return server.requests.length;
    },
    accepted,
    get emailed() {
      return mail.mails.flatMap(({ recipients }) => recipients);
    },
    async close() {
      await Promise.all(reports);
      await Promise.all([server.close(), mail.close()]);
    },
  };
}

function readMessage({ path, body }: ReceivedRequest): { name: string; callback: string | null } {
  if (path.startsWith("/push/")) return { name: `push ${path.slice("/push/".length)}`, callback: null };
  const form = new URLSearchParams(body);
  const channel = path.endsWith("/Calls.json") ? "voice" : "sms";
  return { name: `${channel} ${form.get("To")}`, callback: form.get("StatusCallback") };
}
