import { sha256 } from "../crypto/sha256.ts";
import type { DeliverDeps } from "../use-cases/notifications/deliver-notification.ts";
import { verificationCodes } from "./access/codes.ts";
import { channels } from "./channels.ts";
import { acceptsReplies } from "./inbound/callbacks.ts";
import { emailReplies } from "./inbound/email-replies.ts";
import { stormDeps } from "./later/deps.ts";
import { drills, phones, webhooks } from "./later/stores.ts";
import { confirmLinks, links } from "./links.ts";
import { notificationDeadLetters, notificationQueue } from "./queues.ts";
import { incidentEvents, incidents, notifications } from "./stores.ts";
import { clock, digest, log } from "./system.ts";

export async function deliverDeps(): Promise<DeliverDeps> {
  const emailReply = await emailReplies();
  return {
    incidents: incidents(),
    incidentEvents: incidentEvents(),
    notifications: notifications(),
    webhooks: webhooks(),
    drills: drills(),
    phones: phones(),
    notificationQueue: notificationQueue(),
    deadLetters: notificationDeadLetters(),
    ...stormDeps(),
    channels: channels(),
    makeLinks: await links(),
    makeConfirmLink: await confirmLinks(),
    verificationCode: await verificationCodes(),
    acceptsReplies: (channel) => acceptsReplies(channel, emailReply),
    emailReply: emailReply ?? (() => null),
    digest,
    sha256,
    random: Math.random,
    clock,
    log: log(),
  };
}
