import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Severity } from "../domain/severity.ts";
import { clip } from "../domain/text/clip.ts";
import { type ChatService, chatClient } from "./chat/chat.ts";
import {
  actionsOf,
  detailsOf,
  headlineOf,
  type Line,
  messageFields,
  sectionsOf,
} from "./message/message-fields.ts";
import { fitting } from "./message/text.ts";
import { permanent, refusalOf } from "./provider/refusal.ts";

/** Longest texts that Discord accepts (discord.com/developers/docs/resources/message#embed-object-embed-limits). */
const discordLimits = { content: 2_000, description: 4_096, fieldValue: 1_024, embed: 6_000 };
const headlineLength = 500;
const inlineLength = 256;
const lineLength = 300;

const colors: Readonly<Record<Severity, number>> = {
  critical: 0xc62828,
  high: 0xef6c00,
  medium: 0xf9a825,
  low: 0x1565c0,
};

/** Message for a Discord webhook: the headline with links to respond, and an embed. The text cannot mention anyone. */
export function discordPayload(message: OutgoingMessage) {
  const { severity } = message.notification;
  const headline = `**${clip(headlineOf(message), headlineLength, escapeDiscordCharacter)}**`;
  const actions = actionsOf(message).map(({ label, url }) => `[${label}](<${url}>)`);
  const tail = actions.length === 0 ? "" : `\n${actions.join(" · ")}`;
  const fields = fieldsOf(message);
  const used = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  const descriptionLength = Math.min(discordLimits.description, discordLimits.embed - used);
  const description = clip(detailsOf(message), descriptionLength, escapeDiscordCharacter).trim();
  const embed = { ...(description && { description }), ...(severity && { color: colors[severity] }), fields };
  return {
    content: headline.length + tail.length <= discordLimits.content ? headline + tail : headline,
    ...((description || fields.length > 0) && { embeds: [embed] }),
    allowed_mentions: { parse: [] },
  };
}

/** Returns the fields of the embed: at most eight short ones, then a list for each section. */
function fieldsOf(message: OutgoingMessage) {
  const short = messageFields(message).map(({ name, value }) => ({
    name,
    value: clip(value, inlineLength, escapeDiscordCharacter),
    inline: true,
  }));
  const lists = sectionsOf(message).flatMap(({ title, lines }) => {
    const items = fitting(lines.map(itemOf), discordLimits.fieldValue, ({ length }) => length + 1);
    return items.length === 0 ? [] : { name: title, value: items.join("\n"), inline: false };
  });
  return [...short, ...lists];
}

/** Returns a line, as a link if it has one. Its address cannot end the link. */
function itemOf({ text, href }: Line): string {
  const words = clip(text, lineLength, escapeDiscordCharacter);
  if (href === undefined) return `• ${words}`;
  return `• [${words}](<${href.replaceAll(/[<>\\]/g, encodeURIComponent)}>)`;
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
function escapeDiscordCharacter(character: string): string {
  return /[\\*_~`|<>[\]()#]/.test(character) ? `\\${character}` : character;
}
