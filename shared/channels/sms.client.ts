import * as z from "zod";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Http } from "../outbound/http.ts";
import { headerText, webUrl } from "../validation/settings.ts";
import type { Channel, ChannelClient } from "./channel-type.ts";
import { actionsOf, detailsOf, headlineOf } from "./message/message-fields.ts";
import { clipBefore } from "./message/text.ts";
import { call } from "./provider/provider.ts";
import { permanent, refusalOf, type Success } from "./provider/refusal.ts";

const settings = () =>
  z
    .object({
      TWILIO_BASE_URL: webUrl.prefault("https://api.twilio.com"),
      TWILIO_ACCOUNT_SID: headerText,
      TWILIO_AUTH_TOKEN: headerText,
      TWILIO_FROM: headerText,
    })
    .refine(
      ({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token, TWILIO_FROM: from }) =>
        sid === "" || (token !== "" && from !== ""),
      "TWILIO_ACCOUNT_SID needs TWILIO_AUTH_TOKEN and TWILIO_FROM",
    );

export const client: ChannelClient<typeof settings> = {
  settings,
  create(account, { http, printed }) {
    const { TWILIO_BASE_URL: baseUrl, TWILIO_ACCOUNT_SID: accountSid } = account;
    const { TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = account;
    if (accountSid === "") return printed("TWILIO_ACCOUNT_SID");
    return smsChannel({ http, baseUrl, accountSid, authToken, from });
  },
};

/** An account with Twilio, or with a provider that has the same API. */
interface Sms {
  readonly http: Http;
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Phone number or sender name. */
  readonly from: string;
}

const bodyLength = 1_600;
/** Every 153 characters are billed as one message. */
const descriptionLength = 300;

export function smsChannel({ http, baseUrl, accountSid, authToken, from }: Sms): Channel {
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  return {
    deliver(message) {
      const form = { To: message.notification.address, From: from, Body: textOf(message) };
      const request = {
        url,
        headers: { "content-type": "application/x-www-form-urlencoded", authorization },
        body: new URLSearchParams(form).toString(),
      };
      return call({ http, request, message, secrets: [authToken], summary, success });
    },
  };
}

/** Includes one link: to acknowledge, while that is possible. */
function textOf(message: OutgoingMessage): string {
  const [link] = actionsOf(message);
  const text = [headlineOf(message), detailsOf(message, descriptionLength)]
    .filter((part) => part !== "")
    .join("\n");
  return clipBefore(link ? `\n${link.label}: ${link.url}` : "", text, bodyLength);
}

/** An accepted message has a `sid` and a status such as queued. Undeliverable ones report it immediately. */
const success: Success = {
  texts: [],
  refusalIn(_, { status, error_code: errorCode, code, sid }) {
    if (typeof code === "number" && sid === undefined)
      return refusalOf(typeof status === "number" ? status : undefined);
    const isFailed =
      status === "failed" || status === "undelivered" || (typeof errorCode === "number" && errorCode !== 0);
    return isFailed ? permanent : null;
  },
};

/** Returns the error or the id in a response; its text if it has neither. */
function summary(body: string): string {
  const fault = z.object({ code: z.number(), message: z.string() });
  const accepted = z.object({ sid: z.string() });
  const answer = z.union([
    fault.transform(({ code, message }) => `${code} ${message}`),
    accepted.transform(({ sid }) => sid),
  ]);
  try {
    return answer.safeParse(JSON.parse(body)).data ?? body;
  } catch {
    return body;
  }
}
