import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Severity } from "../domain/severity.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import { actionsOf, detailsOf, headlineOf, messageFields } from "./message/message-fields.ts";
import { clip } from "./message/text.ts";

const headlineLength = 500;
const fieldLength = 1_000;
/** A post can have 16,383 characters. */
const textLength = 8_000;

/** Colors of the attachment's edge. */
const colors: Readonly<Record<Severity, string>> = {
  critical: "#c62828",
  high: "#ef6c00",
  medium: "#f9a825",
  low: "#1565c0",
};

/** Message for an incoming webhook of Mattermost: an attachment, with links below the text. */
export function mattermostPayload(message: OutgoingMessage) {
  const { severity } = message.notification;
  const headline = clip(headlineOf(message), headlineLength, escaped);
  const links = actionsOf(message).map(({ label, url }) => `[${label}](${url})`);
  const text = clip(detailsOf(message), textLength, escaped);
  return {
    attachments: [
      {
        // For notifications, which show no attachment.
        fallback: headline,
        pretext: `**${headline}**`,
        ...(severity && { color: colors[severity] }),
        text: [text, links.join(" · ")].filter((part) => part !== "").join("\n\n"),
        fields: messageFields(message).map(({ name, value }) => ({
          title: name,
          value: clip(value, fieldLength, escaped),
          short: true,
        })),
      },
    ],
  };
}

/** Mattermost returns `ok`. Errors have a status and `{id, message, status_code}`. */
export const mattermost: ChatService = { payloadOf: mattermostPayload, success: { texts: ["ok"] } };

export const client = /* @__PURE__ */ chatClient("MATTERMOST_WEBHOOK_URL", mattermost);

/** Escapes Markdown, and breaks mentions such as @channel, which a backslash would not. */
function escaped(character: string): string {
  if (character === "@") return "@\u200b";
  return /[\\*_~`|<>[\]()#:!]/.test(character) ? `\\${character}` : character;
}
