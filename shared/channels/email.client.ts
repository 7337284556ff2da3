import type { NodemailerError } from "nodemailer";
import * as z from "zod";
import { PermanentFailure, TemporaryFailure } from "../domain/notifications/delivery.ts";
import { asksForResponse } from "../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { clip } from "../domain/text/clip.ts";
import { outOfTime, Unreachable } from "../outbound/unreachable.ts";
import type { Channel, ChannelClient } from "./channel-type.ts";
import { htmlOf, textOf } from "./message/email-body.ts";
import { headlineOf } from "./message/message-fields.ts";
import { decoded, detailOf, secretsOfMessage } from "./provider/detail.ts";

const settings = () =>
  z.object({
    SMTP_URL: z
      .union(
        [z.literal(""), z.url({ protocol: /^smtps?$/ })],
        "must have the form smtp://user:password@host:port",
      )
      .default(""),
    SMTP_FROM: z
      .string()
      .regex(
        /^([^<>@\p{Cc}]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/u,
        "must have the form Name <name@example.com>",
      )
      .default("Incidents <incidents@example.com>"),
  });

export const client: ChannelClient<typeof settings> = {
  settings,
  create: ({ SMTP_URL: url, SMTP_FROM: from }, { timeoutMs, printed }) =>
    url === "" ? printed("SMTP_URL") : emailChannel({ url, from, timeoutMs }),
};

interface Email {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  readonly url: string;
  /** `incidents@example.com`, or `Incidents <incidents@example.com>`. */
  readonly from: string;
  /** Limit of the whole exchange. */
  readonly timeoutMs: number;
}

const subjectLength = 200;

/**
 * Opens a connection per message. A reused one that was frozen with its Lambda would delay the next message.
 */
export async function emailChannel({ url, from, timeoutMs }: Email): Promise<Channel> {
  const transport = await smtpTransport(url);
  const secrets = secretsOfSmtp(url);
  return {
    async deliver(message) {
      const mail = mailOf(message, from);
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { response } = await transport.sendMail({ ...mail, signal });
        return { detail: detailOf(response, [...secrets, ...secretsOfMessage(message)]) };
      } catch (error) {
        throw signal.aborted ? outOfTime(timeoutMs) : failureOf(error, secrets);
      }
    },
  };
}

/** Imported here, and only the part for SMTP: every bundle that knows the channel's name has this file. */
async function smtpTransport(url: string) {
  const [mailer, smtp] = await Promise.all([
    import("nodemailer/lib/mailer"),
    import("nodemailer/lib/smtp-transport"),
  ]);
  const transport = new smtp.default({ url, disableFileAccess: true, disableUrlAccess: true });
  return new mailer.default(transport, transport.options);
}

/** @throws PermanentFailure for an address that would end a line of the protocol */
function mailOf(message: OutgoingMessage, from: string) {
  const { emailReply } = message;
  const { id, kind, address, severity, incidentId } = message.notification;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(address)) throw new PermanentFailure("the address has control characters");
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
  const messageId = emailReply?.messageId ?? `${id}@${domain}`;
  const isUrgent = asksForResponse({ kind }) && (severity === "critical" || severity === "high");
  return {
    from,
    // An object, so that a comma in the address does not add a recipient.
    to: { name: "", address },
    subject: clip(headlineOf(message), subjectLength),
    text: textOf(message),
    html: htmlOf(message),
    messageId: `<${messageId}>`,
    ...(emailReply && { replyTo: emailReply.address }),
    ...thread(messageId, incidentId === null ? undefined : `<${incidentId}@${domain}>`),
    ...(isUrgent && { priority: "high" as const }),
    // RFC 3834: prevents automatic out-of-office replies.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/**
 * Messages about one incident form a thread: they reply to the same message, which does not exist (RFC 5322, section
 * 3.6.4). Relays such as Amazon SES replace the message ID, so `References` repeats it. It has another domain there,
 * because a message must not refer to itself.
 */
function thread(messageId: string, root: string | undefined) {
  const again = `<${messageId.replace("@", "@ref.")}>`;
  return root === undefined ? { references: again } : { references: [root, again], inReplyTo: root };
}

/** Errors of the message itself. All others, including a wrong password, are temporary. */
const ofTheMessage: ReadonlySet<string> = new Set(["EENVELOPE", "EMESSAGE"]);

function failureOf(error: unknown, secrets: readonly string[]): unknown {
  if (!isSmtpFailure(error)) return error;
  const { code = "", responseCode, response } = error;
  const detail = detailOf(response ?? `no response: ${error.originalCode ?? code}`, secrets);
  if (ofTheMessage.has(code) && (responseCode === undefined || error.permanent)) {
    return new PermanentFailure(
      response === undefined ? "the address or the message cannot be sent" : detail,
    );
  }
  return response === undefined ? new Unreachable(detail) : new TemporaryFailure(detail);
}

function isSmtpFailure(error: unknown): error is NodemailerError {
  return error instanceof Error && !(error instanceof TypeError) && "code" in error;
}

/** Secrets as written in the URL and as sent over the wire (RFC 4616, and LOGIN). */
function secretsOfSmtp(url: string): string[] {
  const { username, password } = new URL(url);
  const [user, pass] = [decoded(username), decoded(password)];
  return [password, pass, ...[`\0${user}\0${pass}`, user, pass].map(base64)];
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
