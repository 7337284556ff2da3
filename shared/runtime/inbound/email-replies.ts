import { repliesName } from "../../domain/notifications/received-email.ts";
import { handleOnce, seededUlids } from "../../http/idempotency.ts";
import { readReply, signReply } from "../../http/tokens/reply-token.ts";
import { idempotencyStore } from "../../storage/idempotency-store.ts";
import type { DeliverDeps } from "../../use-cases/notifications/deliver-notification.ts";
import type { ReplyByEmailDeps } from "../../use-cases/notifications/replies/reply-by-email.ts";
import { commandDeps } from "../access/answers.ts";
import { inboundEmailConfig, linkConfig } from "../config.ts";
import { notificationQueue } from "../queues.ts";
import { loadSecrets } from "../secrets.ts";
import { log } from "../system.ts";
import { table } from "../table.ts";

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
    ...commandDeps(),
    notificationQueue: notificationQueue(),
    seededUlids,
    async once(key, now, handle) {
      const request = { owner: "email/replies", key, body: key, now, seed: key };
      await handleOnce(idempotencyStore(table()), request, async (at) => {
        await handle(at);
        return { status: 200, body: "", location: null };
      });
    },
    openReply: (token) => readReply(token, secrets),
  };
}
