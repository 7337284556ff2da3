import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import { actionsOf, detailsOf, headlineOf, messageFields } from "./message/message-fields.ts";
import { clip } from "./message/text.ts";
import { refusalOf } from "./provider/refusal.ts";

/** A message can have 32,000 bytes. */
const headlineLength = 500;
const fieldLength = 600;
const detailsLength = 3_000;

/** Message for a webhook of a Google Chat space: a card (developers.google.com/workspace/chat/api/reference/rest/v1/cards). */
export function googleChatPayload(message: OutgoingMessage) {
  const headline = clip(headlineOf(message), headlineLength);
  const details = clip(detailsOf(message), detailsLength, escaped);
  const buttons = actionsOf(message).map(({ label, url }) => ({
    text: label,
    onClick: { openLink: { url } },
  }));
  const widgets = [
    ...(details === "" ? [] : [{ textParagraph: { text: details } }]),
    ...messageFields(message).map(({ name, value }) => ({
      decoratedText: { topLabel: name, text: clip(value, fieldLength, escaped), wrapText: true },
    })),
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

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Cards interpret some HTML tags. */
function escaped(character: string): string {
  return entities[character] ?? character;
}
