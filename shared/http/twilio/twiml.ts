import { html } from "hono/html";

/** Returns TwiML that sends a text message as the answer; nothing is sent for an empty text. */
export function messageTwiml(text: string): Response {
  return twiml(text === "" ? "" : html`<Message>${xmlText(text)}</Message>`);
}

/** @param content escaped markup */
function twiml(content: unknown): Response {
  const document = html`<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
  return new Response(String(document), { headers: { "content-type": "text/xml; charset=utf-8" } });
}

/** Removes characters that XML 1.0 has no notation for. */
function xmlText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}

/** Text of a call, and the URL that takes pressed keys; null if the call ends after the text. */
export interface Speech {
  readonly text: string;
  readonly keysTo: string | null;
}

/** Returns TwiML that says a text. If keys can be pressed, it is said twice, and a key interrupts it. */
export function callTwiml({ text, keysTo }: Speech): Response {
  const say = html`<Say language="en-US">${xmlText(text)}</Say>`;
  if (keysTo === null) return twiml(html`${say}<Hangup/>`);
  return twiml(
    html`<Gather numDigits="1" timeout="6" method="POST" action="${keysTo}">${say}<Pause length="1"/>${say}</Gather><Say language="en-US">No key was pressed. Goodbye.</Say><Hangup/>`,
  );
}

/** Returns TwiML that ends a call without a word. */
export function hangUpTwiml(): Response {
  return twiml(html`<Hangup/>`);
}
