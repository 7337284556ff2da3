import PostalMime, { type Address, type Email } from "postal-mime";
import { limits } from "../domain/limits.ts";
import { keptHeaders, type ReceivedEmail } from "../domain/notifications/received-email.ts";

/** Parts within parts, and bytes of all headers, that are read. */
const bounds = { maxNestingDepth: 20, maxHeadersSize: 64 * 1024, maxRfc822NestingDepth: 1 };

/**
 * Parses a message in MIME format. Of an HTML message without a text, the text is that of the HTML. Only the names of
 * attachments are kept.
 *
 * @param sender address in the envelope, empty for bounces
 * @throws Error if it has too many headers or is nested too deeply
 */
export async function parseEmail(raw: Uint8Array, sender: string): Promise<ReceivedEmail> {
  const mail = await PostalMime.parse(raw, bounds);
  const headers = mail.headers.filter(({ key }) => keptHeaders.has(key));
  const files = mail.attachments.map(({ filename, mimeType, content }) => ({
    name: short(filename ?? "unnamed"),
    type: short(mimeType),
    bytes: typeof content === "string" ? content.length : content.byteLength,
  }));
  return {
    sender: short(sender),
    from: short(addressOf(mail.from)),
    subject: short(mail.subject ?? ""),
    text: cut(await textOf(mail), limits.emailTextLength),
    message_id: mail.messageId === undefined ? null : short(mail.messageId),
    replies_to: [...idsIn(mail.inReplyTo), ...idsIn(mail.references).toReversed()]
      .map(short)
      .slice(0, limits.emailReferences),
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, cut(value, limits.sourceLength)])),
    attachments: files.slice(0, limits.emailAttachments),
  };
}

/** Cuts a text, because a part of a long email is better than none. */
function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

function short(text: string): string {
  return cut(text, limits.addressLength);
}

/** Loads the parser of HTML, which is larger than all the rest, only for an email without a text. */
async function textOf({ text = "", html = "" }: Email): Promise<string> {
  if (text.trim() !== "" || html === "") return text;
  const { htmlText } = await import("./html-text.ts");
  return htmlText(html.slice(0, limits.emailTextLength * 4));
}

function addressOf(from: Address | undefined): string {
  return from?.address ?? from?.group?.[0]?.address ?? "";
}

function idsIn(header: string | undefined): string[] {
  return [...(header ?? "").matchAll(/<[^<>\s]+>/g)].map(([id]) => id);
}
