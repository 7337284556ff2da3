import * as z from "zod";
import { limits } from "../domain/limits.ts";
import {
  contentOf,
  type IncidentContent,
  type MessageContent,
} from "../domain/notifications/message-content.ts";
import { messageReport } from "../domain/notifications/message-report.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { oneLine } from "../domain/text/lines.ts";
import type { HttpClient } from "../outbound/http.ts";
import type { Channel, ChannelClient, ProviderReport } from "./channel-type.ts";
import { clipGsm7, gsm7Size, toGsm7 } from "./message/gsm7.ts";
import { actionsOf, detailsOf, headlineOf } from "./message/message-fields.ts";
import { clipBefore } from "./message/text.ts";
import { providerIdOf } from "./provider/provider-id.ts";
import { accountOf, callTwilio, headersFor, type Twilio, twilioFields, urlFor } from "./provider/twilio.ts";

const settings = () => z.object(twilioFields());

export const client: ChannelClient<typeof settings> = {
  settings,
  create(settings, { http, callbacks, printed }) {
    const account = accountOf(settings);
    return account ? smsChannel({ http, callbacks, ...account }) : printed("TWILIO_ACCOUNT_SID");
  },
};

/** Every 153 characters are billed as one message. */
const descriptionLength = 300;
/** Characters of GSM-7 that are sent and billed as one message. */
const segmentSize = 160;
const serviceSize = 40;
/** A title is left out if fewer characters of it fit. */
const shortestTitle = 8;

const messageSchema = z.object({ status: z.string(), error_code: z.number().nullish() });

export function smsChannel({ http, callbacks, ...account }: Twilio & { readonly http: HttpClient }): Channel {
  return {
    deliver(message) {
      const { notification, at } = message;
      const reports = callbacks(notification.id, at);
      const form = {
        To: notification.address,
        From: account.from,
        Body: textOf(message),
        ...(reports && { StatusCallback: reports.status }),
      };
      return callTwilio({ http, account, resource: "Messages", form, message });
    },

    async reconcile(message): Promise<ProviderReport | null> {
      const providerId = providerIdOf(message);
      if (providerId === undefined) return null;
      const url = urlFor(account, `Messages/${encodeURIComponent(providerId)}`);
      const { body } = await http.get(url, headersFor(account));
      const { status, error_code: errorCode } = messageSchema.parse(JSON.parse(body));
      const report = messageReport(status, errorCode);
      return report && { ...report, providerId };
    },
  };
}

/** Returns one segment for a page or an announcement, so that it arrives as a whole. All others are sent in full. */
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
  return clipBefore(link ? `\n${link.label}: ${link.url}` : "", text, limits.smsLength);
}
