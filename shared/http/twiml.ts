import { html } from "hono/html";

/** Returns TwiML that sends a text message as the answer; nothing is sent for an empty text. */
export function messageTwiml(text: string): Response {
  return twiml(text === "" ? "" : html`<Message>${xmlText(text)}</Message>`);
}

/** @param content escaped markup */
export function twiml(content: unknown): Response {
  const document = html`<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
  return new Response(String(document), { headers: { "content-type": "text/xml; charset=utf-8" } });
}

/** Removes characters that XML 1.0 has no notation for. */
export function xmlText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}
