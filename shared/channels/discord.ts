import type { OutgoingMessage } from "../domain/outgoing-message.ts";
import { actionsOf, detailsOf, fieldsOf, headlineOf } from "./facts.ts";
import { clip, clipBefore } from "./text.ts";

const contentLength = 2_000;
const headlineLength = 500;

/** A message for a webhook of Discord; nobody is mentioned, whatever the text says. */
export function discordPayload(message: OutgoingMessage) {
  const headline = `**${clip(headlineOf(message), headlineLength, escaped)}**`;
  const fields = fieldsOf(message.incident).map(({ name, value }) => `${name}: ${value}`);
  const links = actionsOf(message).map(({ label, url }) => `[${label}](<${url}>)`);
  const text = [fields.join(" · "), detailsOf(message)].filter((part) => part !== "").join("\n");
  const tail = links.length === 0 ? "" : `\n${links.join(" · ")}`;
  const rest = clipBefore(tail, text, contentLength - headline.length - 1, escaped);
  return { content: `${headline}\n${rest}`.trim(), allowed_mentions: { parse: [] } };
}

/** Without its meaning in Discord's Markdown. */
function escaped(character: string): string {
  return /[\\*_~`|<>[\]()#]/.test(character) ? `\\${character}` : character;
}
