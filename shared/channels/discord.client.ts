import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import { actionsOf, detailsOf, headlineOf, messageFields } from "./message/message-fields.ts";
import { clip, clipBefore } from "./message/text.ts";
import { permanent, refusalOf } from "./provider/refusal.ts";

const contentLength = 2_000;
const headlineLength = 500;

/** Message for a Discord webhook. The text cannot mention anyone. */
export function discordPayload(message: OutgoingMessage) {
  const headline = `**${clip(headlineOf(message), headlineLength, escaped)}**`;
  const fields = messageFields(message).map(({ name, value }) => `${name}: ${value}`);
  const links = actionsOf(message).map(({ label, url }) => `[${label}](<${url}>)`);
  const text = [fields.join(" · "), detailsOf(message)].filter((part) => part !== "").join("\n");
  const tail = links.length === 0 ? "" : `\n${links.join(" · ")}`;
  const rest = clipBefore(tail, text, contentLength - headline.length - 1, escaped);
  return { content: `${headline}\n${rest}`.trim(), allowed_mentions: { parse: [] } };
}

/**
 * Discord returns 204 without a body, 200 with the message for `?wait=true`, and `ok` from Slack-compatible
 * URLs.
 */
export const discord: ChatService = {
  payloadOf: discordPayload,
  success: {
    texts: ["ok"],
    refusalIn(_, fields) {
      if (fields.retry_after !== undefined) return refusalOf(429, fields);
      // Discord error codes, such as 10015 for an unknown webhook.
      const isError = typeof fields.code === "number" && fields.id === undefined;
      return isError ? permanent : null;
    },
  },
};

export const client = /* @__PURE__ */ chatClient("DISCORD_WEBHOOK_URL", discord);

/** Escapes a Markdown character. */
function escaped(character: string): string {
  return /[\\*_~`|<>[\]()#]/.test(character) ? `\\${character}` : character;
}
