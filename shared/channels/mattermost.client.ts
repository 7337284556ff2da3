import { escapedInMarkdown } from "../domain/notifications/markdown-text.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Severity } from "../domain/severity.ts";
import { clip } from "../domain/text/clip.ts";
import type { ChannelContext } from "./channel-type.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import {
  actionsOf,
  chatActionsOf,
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

/**
 * Message for an incoming webhook of Mattermost: an attachment, with links below the text. Buttons take the place of links
 * if the platform can receive them.
 */
export function mattermostPayload(message: OutgoingMessage, chatActions?: ChannelContext["chatActions"]) {
  const { severity } = message.notification;
  const headline = clip(headlineOf(message), headlineLength, escapedInMarkdown);
  const actions = buttonsOf(message, chatActions);
  const links = actionsOf(message)
    .filter(({ name }) => actions.length === 0 || name === "view")
    .map(({ label, url }) => `[${label}](${url})`);
  const text = clip(detailsOf(message), textLength, escapedInMarkdown);
  return {
    attachments: [
      {
        // For notifications, which show no attachment.
        fallback: headline,
        pretext: `**${headline}**`,
        ...(severity && { color: colors[severity] }),
        text: [text, links.join(" · ")].filter((part) => part !== "").join("\n\n"),
        fields: [...messageFields(message).map(shortField), ...sectionsOf(message).map(listField)],
        ...(actions.length > 0 && { actions }),
      },
    ],
  };
}

/** Mattermost posts the context to the URL when a button is pressed, and shows it to no one. */
function buttonsOf(message: OutgoingMessage, chatActions: ChannelContext["chatActions"] | undefined) {
  const receiver = chatActions?.() ?? null;
  if (receiver === null) return [];
  return chatActionsOf(message).map(({ label, data }) => ({
    // Only letters and digits.
    id: label.toLowerCase(),
    name: label,
    type: "button",
    integration: { url: receiver.url, context: { token: receiver.sign(data, message.at) } },
  }));
}

function shortField({ name, value }: Field) {
  return { title: name, value: clip(value, fieldLength, escapedInMarkdown), short: true };
}

/** Returns a section as a list, as many lines as fit. */
function listField({ title, lines }: Section) {
  const items = lines.map(itemOf);
  return { title, value: fitting(items, sectionLength, ({ length }) => length + 1).join("\n"), short: false };
}

/** Returns a line, as a link if it has one. Its address cannot end the link. */
function itemOf({ text, href }: Line): string {
  const words = clip(text, lineLength, escapedInMarkdown);
  return href === undefined
    ? `* ${words}`
    : `* [${words}](<${href.replaceAll(/[<>\\]/g, encodeURIComponent)}>)`;
}

/** Mattermost returns `ok`. Errors have a status and `{id, message, status_code}`. */
export const mattermost: ChatService = { payloadOf: mattermostPayload, success: { texts: ["ok"] } };

export const client = /* @__PURE__ */ chatClient("MATTERMOST_WEBHOOK_URL", mattermost);
