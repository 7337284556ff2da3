import * as z from "zod";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Severity } from "../domain/severity.ts";
import type { Http } from "../outbound/http.ts";
import { headerText, webUrl, withoutSlash } from "../validation/settings.ts";
import { looksLikeUrl } from "./address-rules.ts";
import type { Channel, ChannelClient } from "./channel-type.ts";
import { actionsOf, detailsOf, headlineOf, messageFields } from "./message/message-fields.ts";
import { clip } from "./message/text.ts";
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
/** ntfy converts messages over 4,096 bytes into attachments. A UTF-16 unit takes at most three bytes. */
const messageLength = 1_350;

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
      const body = { topic, ...contentOf(message) };
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

function contentOf(message: OutgoingMessage) {
  const { severity } = message.notification;
  const { priority, tag } = severity ? looks[severity] : plain;
  const fields = messageFields(message).map(({ name, value }) => `${name}: ${value}`);
  const text = [detailsOf(message), ...fields].filter((part) => part !== "").join("\n");
  const actions = actionsOf(message).map(({ label, url }) => ({ action: "view", label, url }));
  return {
    title: clip(headlineOf(message), titleLength),
    message: clip(text === "" ? headlineOf(message) : text, messageLength),
    priority,
    tags: [tag],
    ...(message.links && { click: message.links.view, actions }),
  };
}

/** Splits `https://server/topic`. The server may have a path. */
function partsOf(address: string): { base: string; topic: string } {
  if (!URL.canParse(address)) throw new PermanentFailure("the address is not a URL");
  const { origin, pathname } = new URL(address);
  const path = withoutSlash(pathname);
  const slash = path.lastIndexOf("/");
  return { base: origin + path.slice(0, slash), topic: path.slice(slash + 1) };
}
