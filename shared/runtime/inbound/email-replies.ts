import { sha256 } from "../../crypto/sha256.ts";
import { repliesName } from "../../domain/notifications/received-email.ts";
import { seededUlids } from "../../http/idempotency.ts";
import { readReply, signReply } from "../../http/reply-token.ts";
import type { DeliverDeps } from "../../use-cases/notifications/deliver-notification.ts";
import type { ReplyByEmailDeps } from "../../use-cases/notifications/replies/reply-by-email.ts";
import { inboundEmailConfig, linkConfig } from "../config.ts";
import { changeDeps } from "../deps.ts";
import { loadSecrets } from "../secrets.ts";
import { notifications } from "../stores.ts";
import { log } from "../system.ts";

/**
 * Returns the function that signs the message IDs of emails, so that they can be answered. Null without a domain for
 * incoming email, or a secret. An email that cannot be answered is better than none, so invalid settings are only logged.
 */
export async function emailReplies(): Promise<DeliverDeps["emailReply"] | null> {
  try {
    await loadSecrets(["SIGNING_SECRET"]);
    const { INBOUND_EMAIL_DOMAIN: domain } = inboundEmailConfig();
    const [secret] = linkConfig().SIGNING_SECRET;
    if (domain === "" || secret === undefined) return null;
    const address = `${repliesName}@${domain}`;
    return (notificationId) => ({ messageId: `${signReply(notificationId, secret)}@${domain}`, address });
  } catch (error) {
    log().error("emails cannot be answered", { error });
    return null;
  }
}

export async function emailReplyDeps(): Promise<ReplyByEmailDeps> {
  await loadSecrets(["SIGNING_SECRET"]);
  const { SIGNING_SECRET: secrets } = linkConfig();
  return {
    ...changeDeps(),
    notifications: notifications(),
    sha256,
    seededUlids,
    openReply: (token) => readReply(token, secrets),
  };
}
