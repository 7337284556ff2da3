import { sha256 } from "../../crypto/sha256.ts";
import { verificationCode } from "../../crypto/verification-code.ts";
import type { VerificationCode } from "../../use-cases/ports/notifications.ts";
import { linkConfig } from "../config.ts";
import { reachability } from "../later/stores.ts";
import { notificationQueue } from "../queues.ts";
import { loadSecrets } from "../secrets.ts";
import { notifications, users } from "../stores.ts";
import { log, sameSecret, ulid } from "../system.ts";

/**
 * Derives the codes that verify contact methods: null without a secret. Pages must be sent without it too, so invalid
 * settings are only logged.
 */
export async function verificationCodes(): Promise<VerificationCode> {
  const secret = await signingSecret();
  return (notificationId) => (secret === undefined ? null : verificationCode(notificationId, secret));
}

async function signingSecret(): Promise<string | undefined> {
  try {
    await loadSecrets(["SIGNING_SECRET"]);
    return linkConfig().SIGNING_SECRET[0];
  } catch (error) {
    log().error("contact methods cannot be verified", { error });
    return undefined;
  }
}

/** Dependencies of codes that verify contact methods. */
export async function codeDeps() {
  return {
    users: users(),
    reachability: reachability(),
    notifications: notifications(),
    notificationQueue: notificationQueue(),
    verificationCode: await verificationCodes(),
    sha256,
    sameSecret,
    ulid,
  };
}
