import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import { actionsOf, detailsOf, headlineOf, messageFields } from "./message/message-fields.ts";
import { clip } from "./message/text.ts";
import { refusalOf } from "./provider/refusal.ts";

/** A card can have up to 28 KB. */
const headlineLength = 500;
const detailsLength = 2_000;

/** Message for a Teams workflow: an adaptive card with text runs, which do not interpret Markdown. */
export function teamsPayload(message: OutgoingMessage) {
  const headline = headlineOf(message);
  const details = [headline.length > headlineLength ? headline : "", detailsOf(message)]
    .filter((text) => text !== "")
    .join("\n");
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      textOf(run(clip(headline, headlineLength), { size: "large", weight: "bolder" })),
      ...(details === "" ? [] : [textOf(run(clip(details, detailsLength)))]),
      ...messageFields(message).map(({ name, value }) =>
        textOf(run(`${name}: `, { weight: "bolder" }), run(value)),
      ),
    ],
    actions: actionsOf(message).map(({ label, url }) => ({ type: "Action.OpenUrl", title: label, url })),
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}

/**
 * Workflows return 202 without a body. The older connectors return 200 with `1`, or with an error that names
 * the status: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429
 * with …".
 */
export const teams: ChatService = {
  payloadOf: teamsPayload,
  success: {
    texts: ["1", "ok", "accepted"],
    refusalIn(text) {
      if (text.startsWith("{")) return null;
      const [, status] = /\bHTTP error (\d{3})\b/i.exec(text) ?? [];
      return refusalOf(status === undefined ? undefined : Number(status));
    },
  },
};

export const client = /* @__PURE__ */ chatClient("TEAMS_WEBHOOK_URL", teams);

function textOf(...inlines: readonly object[]) {
  return { type: "RichTextBlock", inlines };
}

function run(text: string, look: object = {}) {
  return { type: "TextRun", text, ...look };
}
