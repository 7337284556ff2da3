import { contentOf } from "../domain/notifications/message-content.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import {
  actionsOf,
  detailsOf,
  headlineOf,
  messageFields,
  type Section,
  sectionsOf,
} from "./message/message-fields.ts";
import { clipBytes, fitting, jsonBytes } from "./message/text.ts";
import { refusalOf } from "./provider/refusal.ts";

/** Sizes in bytes. A card can have up to 28 KB. */
const teamsLimits = { headline: 1_500, details: 6_000, field: 600, section: 3_500, line: 500 };
/** Teams hides more than six actions. */
const mostActions = 6;

/** Message for a Teams workflow: an adaptive card with text runs, which do not interpret Markdown. */
export function teamsPayload(message: OutgoingMessage) {
  const headline = headlineOf(message);
  const isCut = jsonBytes(headline) > teamsLimits.headline;
  const details = [isCut ? headline : "", detailsOf(message)].filter((text) => text !== "").join("\n");
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      textOf(run(clipBytes(headline, teamsLimits.headline), { size: "large", weight: "bolder" })),
      ...(details === "" ? [] : [textOf(run(clipBytes(details, teamsLimits.details)))]),
      ...messageFields(message).map(({ name, value }) =>
        textOf(run(`${name}: `, { weight: "bolder" }), run(clipBytes(value, teamsLimits.field))),
      ),
      ...sectionsOf(message).flatMap(listOf),
    ],
    actions: [...actionsOf(message).map(({ label, url }) => open(label, url)), ...linkActions(message)].slice(
      0,
      mostActions,
    ),
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

/** Returns a title and a line each, as many as fit. */
function listOf({ title, lines }: Section) {
  const items = lines.map(({ text, href }) =>
    textOf(
      run(
        clipBytes(text, teamsLimits.line),
        href === undefined ? {} : { selectAction: open(undefined, href) },
      ),
    ),
  );
  const fit = fitting(items, teamsLimits.section, (item) => Buffer.byteLength(JSON.stringify(item)));
  return fit.length === 0 ? [] : [textOf(run(title, { weight: "bolder" })), ...fit];
}

/** Returns buttons for the first links, which are runbooks if there are any. */
function linkActions(message: OutgoingMessage) {
  const { links } = contentOf(message);
  return links
    .filter(({ href }) => jsonBytes(href) <= teamsLimits.line)
    .map(({ text, href }) => open(clipBytes(text, teamsLimits.line / 5), href));
}

function open(title: string | undefined, url: string) {
  return { type: "Action.OpenUrl", ...(title !== undefined && { title }), url };
}

function textOf(...inlines: readonly object[]) {
  return { type: "RichTextBlock", inlines };
}

function run(text: string, look: object = {}) {
  return { type: "TextRun", text, ...look };
}
