import * as z from "zod";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import { contentOf } from "../domain/notifications/message-content.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Severity } from "../domain/severity.ts";
import { clip } from "../domain/text/clip.ts";
import type { Http } from "../outbound/http.ts";
import { headerText, webUrl, withoutSlash } from "../validation/settings.ts";
import { looksLikeUrl } from "./address-rules.ts";
import type { Channel, ChannelClient } from "./channel-type.ts";
import {
  actionsOf,
  detailsOf,
  headlineOf,
  messageFields,
  plainSection,
  sectionsOf,
} from "./message/message-fields.ts";
import { clipBytes, fitting, jsonBytes } from "./message/text.ts";
import { callWithJson } from "./provider/provider.ts";
import type { Success } from "./provider/refusal.ts";

const settings = () =>
  z.object({
    NTFY_URL: z.union([z.literal(""), webUrl], "must be a URL").default(""),
    NTFY_TOKEN: headerText,
  });

export const client: ChannelClient<typeof settings> = {
  settings,
  create: ({ NTFY_URL: server, NTFY_TOKEN: token }, { http, printed }) =>
    ntfyChannel({ http, server, token, simulated: printed("NTFY_URL") }),
};

interface Ntfy {
  readonly http: Http;
  /** Server for addresses that are only a topic; empty for none. */
  readonly server: string;
  /** Token for that server only; empty for none. */
  readonly token: string;
  /** Takes messages to a topic while no server is set. */
  readonly simulated: Channel;
}

/** Priority 5 overrides silent mode, 3 is the default (docs.ntfy.sh/publish/#message-priority). */
const looks: Readonly<Record<Severity, { readonly priority: number; readonly tag: string }>> = {
  critical: { priority: 5, tag: "rotating_light" },
  high: { priority: 4, tag: "warning" },
  medium: { priority: 3, tag: "large_orange_diamond" },
  low: { priority: 2, tag: "information_source" },
};
const plain = { priority: 3, tag: "information_source" };

const titleLength = 250;
const labelLength = 40;
/** ntfy converts messages over 4,096 bytes into attachments. */
const messageBytes = 4_000;
const detailsBytes = 2_000;
const fieldBytes = 200;
/** Number of buttons that ntfy shows. */
const mostActions = 3;

/** ntfy returns the stored message. An error has `{code, http, error}`. */
const success: Success = { texts: [] };

export function ntfyChannel({ http, server, token, simulated }: Ntfy): Channel {
  const own = withoutSlash(server);
  return {
    async deliver(message) {
      const { address } = message.notification;
      if (own === "" && !looksLikeUrl(address)) return simulated.deliver(message);
      const { base, topic } = looksLikeUrl(address) ? partsOf(address) : { base: own, topic: address };
      const headers = token !== "" && base === own ? { authorization: `Bearer ${token}` } : {};
      const body = { topic, ...ntfyPayload(message) };
      return callWithJson({
        http,
        message,
        url: `${base}/`,
        headers,
        body,
        secrets: [token, topic],
        success,
      });
    },
  };
}

/** Content of a message, all but its topic. */
export function ntfyPayload(message: OutgoingMessage) {
  const { severity } = message.notification;
  const { priority, tag } = severity ? looks[severity] : plain;
  const fields = messageFields(message).map(({ name, value }) => `${name}: ${clipBytes(value, fieldBytes)}`);
  const details = clipBytes(detailsOf(message), detailsBytes);
  const start = [details, fields.join("\n")].filter((part) => part !== "").join("\n");
  const lines = sectionsOf(message).flatMap((section) => ["", ...plainSection(section).split("\n")]);
  const room = messageBytes - jsonBytes(start);
  const text = [start, ...fitting(lines, room, (line) => jsonBytes(line) + 2)].join("\n").trim();
  const actions = buttonsOf(message).slice(0, mostActions);
  return {
    title: clip(headlineOf(message), titleLength),
    message: clipBytes(text === "" ? headlineOf(message) : text, messageBytes),
    priority,
    tags: [tag],
    ...(message.links && { click: message.links.view }),
    ...(actions.length > 0 && { actions }),
  };
}

/** Returns buttons that respond without opening a page, and the first link. A tap on the message opens the incident. */
function buttonsOf(message: OutgoingMessage) {
  const responses = actionsOf(message)
    .filter(({ name }) => name !== "view")
    .map(({ label, url }) => ({ action: "http", label, url, method: "POST", clear: true }));
  const views = [
    ...contentOf(message).links.map(({ text, href }) => ({ label: clip(text, labelLength), url: href })),
    ...actionsOf(message).filter(({ name }) => name === "view"),
  ];
  return [...responses, ...views.map(({ label, url }) => ({ action: "view", label, url }))];
}

/** Splits `https://server/topic`. The server may have a path. */
function partsOf(address: string): { base: string; topic: string } {
  if (!URL.canParse(address)) throw new PermanentFailure("the address is not a URL");
  const { origin, pathname } = new URL(address);
  const path = withoutSlash(pathname);
  const slash = path.lastIndexOf("/");
  return { base: origin + path.slice(0, slash), topic: path.slice(slash + 1) };
}
