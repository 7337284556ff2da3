/** Forwards a received email to the platform's own endpoints, by the addresses that it was sent to. */

import { sha256 } from "../crypto/sha256.ts";
import { looksLikeIntegrationKey } from "../domain/integrations/integration.ts";
import { limits } from "../domain/limits.ts";
import { type ReceivedEmail, repliesName } from "../domain/notifications/received-email.ts";
import { parseEmail } from "./parse-email.ts";

/** Bytes of a message that are read. The text comes first in practice, and attachments are not kept. */
export const readBytes = 256 * 1024;

/** Posts to an endpoint of the platform. Throws if it cannot be reached. */
export type PostEmail = (path: string, email: ReceivedEmail) => Promise<{ readonly status: number }>;

/**
 * Returns the path that email to an address goes to; undefined if the platform has no such address. An integration has
 * `<key>@domain` and `<anything>+<key>@domain`.
 */
export function pathOfAddress(address: string, domain: string): string | undefined {
  const [, local = "", at = ""] = /^(.*)@([^@]+)$/.exec(address.trim().toLowerCase()) ?? [];
  if (at !== domain.toLowerCase()) return undefined;
  if (local === repliesName) return "/email/replies";
  const key = local.slice(local.lastIndexOf("+") + 1);
  return looksLikeIntegrationKey(key) ? `/integrations/${key}` : undefined;
}

/** Result of forwarding: stored, rejected permanently, or to be retried. */
export type Forwarded = "accepted" | "refused" | "retry";

interface EmailInTransit {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly raw: Uint8Array;
  /** Stands in for a missing message ID, the same when the email comes again. */
  readonly transportId?: string;
}

/**
 * Forwards an email to each of its addresses at the same time, so that they need no longer than the slowest. The platform
 * recognizes a repetition by the message ID, so the whole email is sent again if one address fails.
 */
export async function forwardEmail(
  { sender, recipients, raw, transportId }: EmailInTransit,
  domain: string,
  post: PostEmail,
): Promise<Forwarded> {
  const paths = new Set(recipients.flatMap((recipient) => pathOfAddress(recipient, domain) ?? []));
  if (paths.size === 0) return "refused";
  let email: ReceivedEmail;
  try {
    const parsed = await parseEmail(raw.subarray(0, readBytes), sender);
    email = { ...parsed, message_id: parsed.message_id ?? transportId ?? digestOf(raw) };
  } catch {
    return "refused";
  }
  const results = await Promise.all(
    [...paths].slice(0, limits.emailRecipients).map((path) => resultOf(post(path, email))),
  );
  if (results.includes("retry")) return "retry";
  return results.includes("accepted") ? "accepted" : "refused";
}

async function resultOf(posted: ReturnType<PostEmail>): Promise<Forwarded> {
  const status = await posted.then(
    (reply) => reply.status,
    () => 503,
  );
  return status < 300 ? "accepted" : status >= 500 || status === 429 ? "retry" : "refused";
}

/**
 * Returns an ID for an email without one. Null if it has no time either: the next email of the same device may have the
 * same bytes, and is not a repetition.
 */
function digestOf(raw: Uint8Array): string | null {
  const [header = ""] = Buffer.from(raw)
    .toString("latin1")
    .split(/\r?\n\r?\n/, 1);
  return /^(date|received):/im.test(header) ? `<${sha256(raw)}@digest.invalid>` : null;
}
