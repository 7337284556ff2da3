/** Forwards a received email to the platform's own endpoints, by the addresses that it was sent to. */

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

/** Result of forwarding: stored, refused for good, or to be tried again. */
export type Forwarded = "accepted" | "refused" | "retry";

/**
 * Forwards an email to each of its addresses. The platform recognizes a repetition by the message ID, so the whole email
 * is sent again if one address fails.
 */
export async function forwardEmail(
  {
    sender,
    recipients,
    raw,
  }: { readonly sender: string; readonly recipients: readonly string[]; readonly raw: Uint8Array },
  domain: string,
  post: PostEmail,
): Promise<Forwarded> {
  const paths = new Set(recipients.flatMap((recipient) => pathOfAddress(recipient, domain) ?? []));
  if (paths.size === 0) return "refused";
  let email: ReceivedEmail;
  try {
    email = await parseEmail(raw.subarray(0, readBytes), sender);
  } catch {
    return "refused";
  }
  const results: Forwarded[] = [];
  for (const path of [...paths].slice(0, limits.emailRecipients)) {
    const status = await post(path, email).then(
      (reply) => reply.status,
      () => 503,
    );
    results.push(status < 300 ? "accepted" : status >= 500 || status === 429 ? "retry" : "refused");
  }
  if (results.includes("retry")) return "retry";
  return results.includes("accepted") ? "accepted" : "refused";
}
