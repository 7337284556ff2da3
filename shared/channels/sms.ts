import * as z from "zod";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Http } from "../outbound/http.ts";
import type { Channel } from "../use-cases/ports/notifications.ts";
import { actionsOf, detailsOf, headlineOf } from "./message/message-fields.ts";
import { clipBefore } from "./message/text.ts";
import { call } from "./provider/provider.ts";
import { permanent, refusalOf, type Success } from "./provider/refusal.ts";

/** An account with Twilio, or with who speaks like it. */
export interface Sms {
  readonly http: Http;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** A number or a sender's name. */
  readonly from: string;
}

const bodyLength = 1_600;
/** Each 153 characters are a message that is paid for. */
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

/** With one link: to answering, while that is possible. */
function textOf(message: OutgoingMessage): string {
  const [link] = actionsOf(message);
  const text = [headlineOf(message), detailsOf(message, descriptionLength)]
    .filter((part) => part !== "")
    .join("\n");
  return clipBefore(link ? `\n${link.label}: ${link.url}` : "", text, bodyLength);
}

const fault = z.object({ code: z.number(), message: z.string() });
const accepted = z.object({ sid: z.string() });
const answer = z.union([
  fault.transform(({ code, message }) => `${code} ${message}`),
  accepted.transform(({ sid }) => sid),
]);

/** An accepted message has a `sid` and a status such as queued; one that will never arrive says so at once. */
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

function summary(body: string): string {
  try {
    return answer.safeParse(JSON.parse(body)).data ?? body;
  } catch {
    return body;
  }
}
