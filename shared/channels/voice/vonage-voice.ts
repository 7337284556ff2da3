/** Calls through Vonage's Voice API (developer.vonage.com/en/api/voice). */
import { createPrivateKey, randomUUID } from "node:crypto";
import { SignJWT } from "jose/jwt/sign";
import * as z from "zod";
import { vonageReport } from "../../domain/notifications/call-report.ts";
import type { HttpClient } from "../../outbound/http.ts";
import { headerText, webUrl } from "../../validation/settings.ts";
import type { Channel, ChannelContext, ProviderReport } from "../channel-type.ts";
import { callWithJson } from "../provider/provider.ts";
import { providerIdOf } from "../provider/provider-id.ts";
import { permanent, type Success } from "../provider/refusal.ts";
import { callUrl, ringSeconds } from "./call-url.ts";

/** Settings of an application, whose calls are made if it has an ID. */
export const vonageFields = () => ({
  VONAGE_BASE_URL: webUrl.prefault("https://api.nexmo.com"),
  VONAGE_APPLICATION_ID: headerText,
  // Environment files have no line breaks in values.
  VONAGE_PRIVATE_KEY: z
    .string()
    .default("")
    .transform((text) => text.replaceAll("\\n", "\n").trim())
    .refine(
      (text) => text === "" || isPrivateKey(text),
      "must be the private key of the application, in PEM",
    ),
  VONAGE_FROM: z
    .string()
    .regex(/^(\+?[1-9]\d{5,14})?$/, "must be a phone number")
    .default(""),
});

type Settings = z.output<z.ZodObject<ReturnType<typeof vonageFields>>>;

const callSchema = z.object({ status: z.string() });

/** Calls that no one can have heard. */
const unheard: ReadonlySet<string> = new Set(["started", "ringing"]);

/** Seconds for which a token authenticates requests. */
const tokenSeconds = 60;

export function vonageVoice(
  settings: Settings,
  { http, callbacks }: Pick<ChannelContext, "callbacks"> & { readonly http: HttpClient },
): Channel {
  const { VONAGE_BASE_URL: baseUrl, VONAGE_APPLICATION_ID: application, VONAGE_FROM: from } = settings;
  const key = createPrivateKey(settings.VONAGE_PRIVATE_KEY);
  const authorize = async (now: number) => {
    const seconds = Math.floor(now / 1_000);
    const token = await new SignJWT({ application_id: application })
      .setProtectedHeader({ alg: "RS256", typ: "JWT" })
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + tokenSeconds)
      .setJti(randomUUID())
      .sign(key);
    return `Bearer ${token}`;
  };
  return {
    async deliver(message) {
      const { notification, at } = message;
      const url = callUrl(callbacks(notification.id, at), "vonage");
      const body = {
        to: [{ type: "phone", number: digits(notification.address) }],
        from: { type: "phone", number: digits(from) },
        answer_url: [url],
        answer_method: "POST",
        event_url: [url],
        event_method: "POST",
        machine_detection: "hangup",
        ringing_timer: ringSeconds,
      };
      const headers = { authorization: await authorize(at) };
      return callWithJson({ http, message, url: `${baseUrl}/v1/calls`, headers, body, success, summary });
    },

    async reconcile(message, now): Promise<ProviderReport | null> {
      const providerId = providerIdOf(message);
      if (providerId === undefined) return null;
      const url = `${baseUrl}/v1/calls/${encodeURIComponent(providerId)}`;
      const authorization = await authorize(now);
      const { body } = await http.get(url, { authorization });
      const { status } = callSchema.parse(JSON.parse(body));
      if (unheard.has(status)) {
        const headers = { authorization, "content-type": "application/json" };
        await http.put({ url, headers, body: JSON.stringify({ action: "hangup" }) });
        return { kind: "undelivered", detail: `canceled while ${status}`, providerId };
      }
      const report = vonageReport(status);
      return report && { ...report, providerId };
    },
  };
}

/** Returns a number in the form of Vonage, without a plus sign. */
function digits(number: string): string {
  return number.replace("+", "");
}

/** An accepted call has a `uuid`. */
const success: Success = {
  texts: [],
  refusalIn: (_, { status }) =>
    typeof status === "string" && ["failed", "rejected", "busy", "cancelled"].includes(status)
      ? permanent
      : null,
};

const problem = z
  .object({ title: z.string(), detail: z.string().default("") })
  .transform(({ title, detail }) => `${title} ${detail}`.trim());
const accepted = z.object({ uuid: z.string() }).transform(({ uuid }) => uuid);
const answer = z.union([problem, accepted]);

/** Returns the error or the ID in a response; its text if it has neither. */
function summary(body: string): string {
  try {
    return answer.safeParse(JSON.parse(body)).data ?? body;
  } catch {
    return body;
  }
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
