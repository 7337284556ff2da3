import { escapeEntity } from "../domain/notifications/escape-entity.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { clip } from "../domain/text/clip.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import {
  actionsOf,
  detailsOf,
  headlineOf,
  messageFields,
  type Section,
  sectionsOf,
} from "./message/message-fields.ts";
import { fitting } from "./message/text.ts";
import { refusalOf } from "./provider/refusal.ts";

const messageBytes = 32_000;
const headlineLength = 500;
const fieldLength = 400;
const sectionLength = 2_500;
const lineLength = 300;
/** Lengths of the details, from the usual one to that of a message whose characters take many bytes each. */
const detailsLengths = [3_000, 500] as const;

/** Message for a webhook of a Google Chat space: a card (developers.google.com/workspace/chat/api/reference/rest/v1/cards). */
export function googleChatPayload(message: OutgoingMessage) {
  const [usual, short] = detailsLengths;
  const full = cardOf(message, usual, sectionsOf(message));
  const isTooLarge = Buffer.byteLength(JSON.stringify(full)) > messageBytes;
  return isTooLarge ? cardOf(message, short, []) : full;
}

function cardOf(message: OutgoingMessage, detailsLength: number, sections: readonly Section[]) {
  const headline = clip(headlineOf(message), headlineLength);
  const details = clip(detailsOf(message), detailsLength, escapeEntity);
  const buttons = actionsOf(message).map(({ label, url }) => ({
    text: label,
    onClick: { openLink: { url } },
  }));
  const widgets = [
    ...(details === "" ? [] : [{ textParagraph: { text: details } }]),
    ...messageFields(message).map(({ name, value }) => ({
      decoratedText: { topLabel: name, text: clip(value, fieldLength, escapeEntity), wrapText: true },
    })),
    ...sections.map((section) => ({ textParagraph: { text: listOf(section) } })),
    ...(buttons.length === 0 ? [] : [{ buttonList: { buttons } }]),
  ];
  return {
    // For notifications, which show no card.
    fallbackText: headline,
    // Groups the messages of an incident if the URL has a messageReplyOption.
    ...(message.incident && { thread: { threadKey: message.incident.id } }),
    cardsV2: [
      {
        cardId: message.incident?.id ?? message.notification.id,
        card: { header: { title: headline }, ...(widgets.length > 0 && { sections: [{ widgets }] }) },
      },
    ],
  };
}

/** Returns a section as a list, as many lines as fit. */
function listOf({ title, lines }: Section): string {
  const items = lines.map(({ text, href }) => {
    const words = clip(text, lineLength, escapeEntity);
    if (href === undefined) return `<br>• ${words}`;
    const address = Array.from(href.replaceAll('"', "%22"), escapeEntity).join("");
    return `<br>• <a href="${address}">${words}</a>`;
  });
  return `<b>${title}</b>${fitting(items, sectionLength, ({ length }) => length).join("")}`;
}

/** Google Chat returns the stored message, and errors as `{error: {code, message, status}}`. */
export const googleChat: ChatService = {
  payloadOf: googleChatPayload,
  success: {
    texts: [],
    refusalIn(_, { error }) {
      const hasCode = typeof error === "object" && error !== null && "code" in error;
      return hasCode && typeof error.code === "number" ? refusalOf(error.code) : null;
    },
  },
};

export const client = /* @__PURE__ */ chatClient("GOOGLECHAT_WEBHOOK_URL", googleChat);
