import { clip } from "../domain/clip.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Severity } from "../domain/severity.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import {
  actionsOf,
  detailsOf,
  type Field,
  headlineOf,
  type Line,
  messageFields,
  type Section,
  sectionsOf,
} from "./message/message-fields.ts";
import { fitting } from "./message/text.ts";

const headlineLength = 500;
const fieldLength = 1_000;
/** A post can have 16,383 characters. */
const textLength = 6_000;
const sectionLength = 2_000;
const lineLength = 400;

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
        fields: [...messageFields(message).map(shortField), ...sectionsOf(message).map(listField)],
      },
    ],
  };
}

function shortField({ name, value }: Field) {
  return { title: name, value: clip(value, fieldLength, escaped), short: true };
}

/** Returns a section as a list, as many lines as fit. */
function listField({ title, lines }: Section) {
  const items = lines.map(itemOf);
  return { title, value: fitting(items, sectionLength, ({ length }) => length + 1).join("\n"), short: false };
}

/** Returns a line, as a link if it has one. Its address cannot end the link. */
function itemOf({ text, href }: Line): string {
  const words = clip(text, lineLength, escaped);
  return href === undefined
    ? `* ${words}`
    : `* [${words}](<${href.replaceAll(/[<>\\]/g, encodeURIComponent)}>)`;
}

/** Mattermost returns `ok`. Errors have a status and `{id, message, status_code}`. */
export const mattermost: ChatService = { payloadOf: mattermostPayload, success: { texts: ["ok"] } };

export const client = /* @__PURE__ */ chatClient("MATTERMOST_WEBHOOK_URL", mattermost);

/** Escapes Markdown, and breaks mentions such as @channel, which a backslash would not. */
function escaped(character: string): string {
  if (character === "@") return "@\u200b";
  return /[\\*_~`|<>[\]()#:!]/.test(character) ? `\\${character}` : character;
}
