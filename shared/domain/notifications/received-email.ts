/** Emails that people and systems send to the platform. */

export interface ReceivedEmail {
  /** Address in the envelope; empty for bounces. */
  readonly sender: string;
  /** Address in the header. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly message_id: string | null;
  /** Message IDs in `In-Reply-To` and `References`, nearest first. */
  readonly replies_to: readonly string[];
  /** Those of `keptHeaders` that it has, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
}

/** Local part of the address for answers to notifications. */
export const repliesName = "reply";

/** Headers that identify automatic mail. */
export const keptHeaders: ReadonlySet<string> = new Set([
  "auto-submitted",
  "precedence",
  "list-id",
  "x-autoreply",
  "x-autorespond",
  "content-type",
]);

/** Message ID of a notification: its signed ID. `References` repeats it, because relays replace message IDs. */
const ownMessageId = /^<?(ntf_\w+\.[\w-]{22})@/;

/** The same without a signature: the platform has no domain for answers, or no secret. */
const unsignedMessageId = /^<?ntf_[0-9A-Za-z]{20,}@/;

/** Returns the signed ID of the notification that a message ID belongs to; undefined for other messages. */
export function replyTokenIn(messageId: string): string | undefined {
  return ownMessageId.exec(messageId)?.[1];
}

/**
 * Returns the reason why an email must not become an alert: it is a bounce, an automatic answer, or about a notification
 * of this platform. Alerts are automatic mail too, so `Auto-Submitted: auto-generated` is accepted.
 */
export function reasonToIgnore(email: ReceivedEmail): string | undefined {
  const { headers, message_id, replies_to } = email;
  if (isBounce(email)) return "it is a bounce";
  if (isOwn(message_id ?? "")) return "this platform sent it";
  // Also mail of this platform whose message ID a relay replaced.
  if (replies_to.some(isOwn)) return "it belongs to a notification";
  const isReply = /^\s*auto-replied/i.test(headers["auto-submitted"] ?? "");
  return isReply || isAutoReply(headers) ? "it is an automatic answer" : undefined;
}

function isOwn(messageId: string): boolean {
  return replyTokenIn(messageId) !== undefined || unsignedMessageId.test(messageId);
}

/** Returns true for mail that no person wrote: by RFC 3834, or by what systems used before it. */
export function isAutomatic(email: ReceivedEmail): boolean {
  const { headers } = email;
  const submitted = (headers["auto-submitted"] ?? "no").trim().toLowerCase();
  return (
    isBounce(email) ||
    submitted !== "no" ||
    isAutoReply(headers) ||
    headers["list-id"] !== undefined ||
    /^\s*(bulk|junk|list)\s*$/i.test(headers.precedence ?? "")
  );
}

function isBounce({ sender, headers }: ReceivedEmail): boolean {
  return /^[<>\s]*$/.test(sender) || /^\s*multipart\/report\b/i.test(headers["content-type"] ?? "");
}

function isAutoReply(headers: ReceivedEmail["headers"]): boolean {
  return (
    headers["x-autoreply"] !== undefined ||
    headers["x-autorespond"] !== undefined ||
    /^\s*auto_reply\s*$/i.test(headers.precedence ?? "")
  );
}

/** First line of what email clients add below an answer: the quoted message, its header, or a signature. */
const belowAnswer = [
  /^>/,
  /^-- ?$/,
  /^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht)/i,
  /^_{10,}$/,
  /^(from|von|de):\s/i,
  /^(on|am|le)\s.{1,200}(wrote|schrieb|écrit).{0,100}:$/i,
  /^sent from my /i,
];

/** Returns what a person wrote in an answer, without the message that it quotes. */
export function answerIn(text: string): string {
  const lines = text.replaceAll("\r", "").split("\n");
  const end = lines.findIndex((line, index) => {
    const trimmed = line.trim();
    // Clients wrap a long line of who wrote what.
    const wrapped = `${trimmed} ${lines[index + 1]?.trim() ?? ""}`;
    return belowAnswer.some(
      (pattern) => pattern.test(trimmed) || (/^(on|am|le)\s/i.test(trimmed) && pattern.test(wrapped)),
    );
  });
  return (end === -1 ? lines : lines.slice(0, end)).join("\n").trim();
}
