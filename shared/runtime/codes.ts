import { sha256 } from "../crypto/sha256.ts";
import { verificationCodes } from "./links.ts";
import { notificationQueue } from "./queues.ts";
import { notifications, reachability, users } from "./stores.ts";
import { sameSecret, ulid } from "./system.ts";

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
