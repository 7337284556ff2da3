/** Email version of a message, in HTML and plain text, readable on a phone. */
import { html } from "hono/html";
import { contentOf } from "../../domain/notifications/message-content.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import {
  type Action,
  actionsOf,
  detailsOf,
  type Field,
  headlineOf,
  type Line,
  messageFields,
  plainSection,
  type Section,
  sectionsOf,
} from "./message-fields.ts";

export function textOf(message: OutgoingMessage): string {
  const fields = messageFields(message).map(({ name, value }) => `${name}: ${value}`);
  const links = actionsOf(message).map(({ label, url }) => `${label}: ${url}`);
  const parts = [
    headlineOf(message),
    detailsOf(message),
    fields.join("\n"),
    [...replyLines(message), ...links].join("\n"),
    ...sectionsOf(message).map(plainSection),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Styles are inline because email clients drop others. Long words wrap instead of widening the page. */
export function htmlOf(message: OutgoingMessage): string {
  const details = detailsOf(message);
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;word-break:break-word">
<h1 dir="auto" style="margin:0 0 12px;font-size:20px;line-height:1.3">${headlineOf(message)}</h1>
${details === "" ? "" : html`<p dir="auto" style="margin:0 0 16px;white-space:pre-wrap">${details}</p>`}
${messageFields(message).map(row)}
${replyLines(message).map((line) => html`<p style="margin:16px 0 0">${line}</p>`)}
<p style="margin:16px 0 0">${actionsOf(message).map(button)}</p>
${sectionsOf(message).map(section)}
</body>
</html>`;
  return String(page);
}

/** Returns a line that offers a reply, if the platform receives replies. */
function replyLines(message: OutgoingMessage): string[] {
  const { reply } = contentOf(message);
  return reply === null ? [] : [`Reply "${reply}" to this email.`];
}

function row({ name, value }: Field) {
  return html`<div style="margin:0 0 4px"><span style="font-weight:600">${name}:</span> <bdi>${value}</bdi></div>\n`;
}

function section({ title, lines }: Section) {
  return html`<h2 style="margin:16px 0 4px;font-size:16px">${title}</h2>
<ul style="margin:0;padding-left:20px">${lines.map(item)}</ul>\n`;
}

function item({ text, href }: Line) {
  const words = html`<bdi>${text}</bdi>`;
  return html`<li style="margin:0 0 4px">${href === undefined ? words : html`<a href="${href}">${words}</a>`}</li>\n`;
}

function button({ name, label, url }: Action) {
  const colours =
    name === "acknowledge"
      ? "background:#0b5cad;color:#ffffff;border:1px solid #0b5cad"
      : "background:#ffffff;color:#0b5cad;border:1px solid #0b5cad";
  return html`<a href="${url}" style="display:inline-block;margin:0 8px 8px 0;padding:12px 20px;border-radius:6px;font-weight:600;text-decoration:none;${colours}">${label}</a>\n`;
}
