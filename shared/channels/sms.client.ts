import * as z from "zod";
import { oneLine } from "../domain/lines.ts";
import {
  contentOf,
  type IncidentContent,
  type MessageContent,
} from "../domain/notifications/message-content.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Http } from "../outbound/http.ts";
import { headerText, webUrl } from "../validation/settings.ts";
import type { Channel, ChannelClient, ChannelContext } from "./channel-type.ts";
import { clipGsm7, gsm7Size, toGsm7 } from "./message/gsm7.ts";
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
  create(account, { http, printed, callbacks }) {
    const { TWILIO_BASE_URL: baseUrl, TWILIO_ACCOUNT_SID: accountSid } = account;
    const { TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = account;
    if (accountSid === "") return printed("TWILIO_ACCOUNT_SID");
    return smsChannel({ http, baseUrl, accountSid, authToken, from, callbacks });
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
  readonly callbacks: ChannelContext["callbacks"];
}

/** Limit of the provider. */
const bodyLength = 1_600;
/** Every 153 characters are billed as one message. */
const descriptionLength = 300;
/** Characters of GSM-7 that are sent and billed as one message. */
const segmentSize = 160;
const serviceSize = 40;
/** Shorter parts of a title tell nothing. */
const shortestTitle = 8;

export function smsChannel({ http, baseUrl, accountSid, authToken, from, callbacks }: Sms): Channel {
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  return {
    deliver(message) {
      const { notification, at } = message;
      const reports = callbacks(notification.id, at);
      const form = {
        To: notification.address,
        From: from,
        Body: textOf(message),
        ...(reports && { StatusCallback: reports.status }),
      };
      const request = {
        url,
        headers: { "content-type": "application/x-www-form-urlencoded", authorization },
        body: new URLSearchParams(form).toString(),
      };
      return call({ http, request, message, secrets: [authToken], summary, success });
    },
  };
}

/**
 * One segment about an incident, so that it arrives as a whole. Bundles, which name each incident, and what a person
 * wrote are sent in full.
 */
export function textOf(message: OutgoingMessage): string {
  const content = contentOf(message);
  const { incident } = content;
  const isShort = incident && ["page", "announcement"].includes(message.notification.kind);
  return isShort ? segmentOf(message, content, incident) : fullText(message);
}

/** Returns number, severity, service, as much of the title as fits, and how to respond. */
function segmentOf(message: OutgoingMessage, content: MessageContent, incident: IncidentContent): string {
  const { number, severity, service } = incident;
  const name = clipGsm7(toGsm7(oneLine(service)), serviceSize);
  const start = `#${number} ${severity.toUpperCase()} ${name}`;
  const end = endOf(message, content, segmentSize - gsm7Size(start));
  const room = segmentSize - gsm7Size(start) - gsm7Size(end) - 2;
  const title = room < shortestTitle ? "" : clipGsm7(toGsm7(titleOf(content, incident)), room);
  return start + (title === "" ? "" : `: ${title}`) + end;
}

/** Returns the reply that responds, otherwise one link if it fits: to acknowledge, while that is possible. */
function endOf(message: OutgoingMessage, { reply }: MessageContent, room: number): string {
  if (reply !== null) return `\nReply ${reply}`;
  const [link] = actionsOf(message);
  const end = link ? `\n${link.url}` : "";
  return gsm7Size(end) <= room ? end : "";
}

/** Returns the headline without what the message starts with. */
function titleOf({ headline }: MessageContent, { number, title, service }: IncidentContent): string {
  const withoutSeverity = title.replace(/^\[[A-Z]+\] /, "");
  const start = `${service}: `;
  const rest = withoutSeverity.startsWith(start) ? withoutSeverity.slice(start.length) : withoutSeverity;
  const said = headline.replace(`#${number} ${title}`, () => rest);
  return said.startsWith(`#${number} `) ? said.slice(`#${number} `.length) : said;
}

/** Includes one link: to acknowledge, while that is possible. */
function fullText(message: OutgoingMessage): string {
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
