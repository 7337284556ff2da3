import { phoneNumbersOf, redactedAddress } from "../../channels/address.ts";
import type { Channel } from "../../channels/channel-type.ts";
import { emailIn } from "../../domain/email.ts";
import { RetryLater } from "../../domain/errors.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { isConfirmable, withCodeInMessage } from "../../domain/notifications/confirmable.ts";
import {
  accepted,
  claim,
  delivered,
  Gone,
  PermanentFailure,
  type Receipt,
  retryDelaySeconds,
  settled,
  suppressed,
  suppressionReason,
  TemporaryFailure,
  undelivered,
} from "../../domain/notifications/delivery.ts";
import { type MessageContext, noContext } from "../../domain/notifications/message-context.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import type {
  EmailReply,
  MessageLinks,
  OutgoingMessage,
} from "../../domain/notifications/outgoing-message.ts";
import { webhookSuppressionReason } from "../../domain/notifications/webhook.ts";
import { findDrill } from "../oncall/readiness/answer-drill.ts";
import { hasIncident } from "../oncall/readiness/has-incident.ts";
import type { PhoneStore } from "../ports/access.ts";
import type { IncidentEventStore, IncidentStore } from "../ports/incidents.ts";
import type {
  MakeConfirmLink,
  MakeLinks,
  NotificationQueue,
  VerificationCode,
  WebhookStore,
} from "../ports/notifications.ts";
import type { DrillStore } from "../ports/oncall.ts";
import type { Clock, Log } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type BundleDeps, bundlePage, completePages, currentBundle, failOverPages } from "./bundle-pages.ts";
import { failOver } from "./fail-over.ts";
import { dueOf } from "./queue-notifications.ts";
import {
  isReportedOn,
  isReportedUndelivered,
  isUnreported,
  reportDelivery,
  unreported,
} from "./report-delivery.ts";
import { disableGone } from "./webhooks/disable-webhook.ts";
import { withdrawPage } from "./withdraw-page.ts";

export interface DeliverDeps extends BundleDeps {
  readonly incidents: IncidentStore;
  readonly incidentEvents: IncidentEventStore;
  readonly webhooks: WebhookStore;
  readonly drills: Pick<DrillStore, "find">;
  readonly phones: Pick<PhoneStore, "find" | "setOwner">;
  /** Dead-letter queue of notifications that were given up, for redrive. */
  readonly deadLetters: NotificationQueue;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly makeLinks: MakeLinks;
  readonly makeConfirmLink: MakeConfirmLink;
  readonly verificationCode: VerificationCode;
  /** Returns true if a reply over the same channel reaches the platform. */
  readonly acceptsReplies: (channel: string) => boolean;
  /** Returns what an email needs for answers; null if answers do not reach the platform. */
  readonly emailReply: (notificationId: string) => EmailReply | null;
  readonly sha256: Sha256;
  /** Random number in [0, 1). */
  readonly random: () => number;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Delivers a notification once: it is claimed before the provider is called. Temporary failures are retried.
 * After a permanent failure, the person's next contact method is used.
 *
 * @param message what its message tells about it
 * @throws RetryLater while another delivery is in progress, or until the next attempt
 */
export async function deliverNotification(
  deps: DeliverDeps,
  id: string,
  message: DueMessage = {},
): Promise<void> {
  if (message.withdrawAt !== undefined) return withdrawPage(deps, id, message.withdrawAt);
  const taken = await retryOnConflict(() => take(deps, id, message));
  if (!taken) return;
  const { notification } = taken;
  try {
    const receipt = await send(deps, taken);
    const at = deps.clock();
    const sent = await record(deps, notification, (claimed) => delivered(claimed, receipt, at, deps.sha256));
    if (isReportedUndelivered(sent)) await failReported(deps, sent);
    else if (sent.kind === "bundle") await retryOnConflict(() => completePages(deps, sent));
  } catch (error) {
    if (error instanceof TemporaryFailure || error instanceof PermanentFailure) {
      return afterFailure(deps, taken, error);
    }
    throw error;
  }
}

interface DueMessage {
  /** Set if the page needs no answer anymore. */
  readonly withdrawAt?: number | undefined;
  /** Attempts before it was given up, if it was redriven from the dead-letter queue. */
  readonly givenUpAfter?: number | undefined;
  /** Absent in messages of earlier releases. */
  readonly incidentId?: string | undefined;
  readonly context?: MessageContext | undefined;
}

type Taken = Omit<OutgoingMessage, "links" | "acceptsReplies" | "emailReply" | "at">;

/** Claims the notification, unless it is finished, not due yet, suppressed or bundled. */
async function take(
  deps: DeliverDeps,
  id: string,
  { givenUpAfter, incidentId, context = noContext }: DueMessage,
): Promise<Taken | undefined> {
  // These reads share a request.
  const [notification, [incident]] = await Promise.all([
    deps.notifications.find(id),
    incidentId === undefined ? [] : deps.incidents.findAll([incidentId], { consistent: true }),
  ]);
  const found = required(notification, "notification", id);
  const now = deps.clock();
  const decision = claim(found, { now, givenUpAfter }, deps.sha256);
  if (decision.kind === "finished") {
    // Its delivery may have crashed before the provider's report took effect, or before its pages were marked as sent.
    if (isReportedUndelivered(found)) await failReported(deps, found);
    else if (found.kind === "bundle" && found.status === "sent") await completePages(deps, found);
    if (isUnreported(found, now)) await reportUnreported(deps, found, now);
    return undefined;
  }
  if (decision.kind === "accepted") {
    await record(deps, found, (claimed) => accepted(claimed, now, deps.sha256));
    return take(deps, id, { givenUpAfter, incidentId, context });
  }
  if (decision.kind === "busy")
    throw new RetryLater(`${id} is being delivered or waits for its next attempt`, decision.until);
  if (found.dueAt > now) {
    await deps.notificationQueue.send([dueOf(found, now, context)]);
    return undefined;
  }
  const subject = await subjectOf(deps, found, incident);
  const claimable = { ...subject, context, notification: decision.notification };
  const claimed = await stillWanted(deps, found, claimable, now);
  if (!claimed) return undefined;
  // A delivery that a webhook rejected stays recorded as failed, although the webhook is disabled by now.
  if (found.webhook && found.status === "failed" && claimed.notification.status === "suppressed")
    return undefined;
  const saved = await deps.notifications.save(claimed.notification);
  return saved.status === "suppressed" ? undefined : { ...claimed, notification: saved };
}

/** Loads the webhook of a notification, and the incident if it is not known yet. */
async function subjectOf(
  { incidents, incidentEvents, webhooks }: DeliverDeps,
  { incidentId, webhook: message }: Notification,
  known: Incident | undefined,
): Promise<Omit<Taken, "notification" | "context">> {
  const incident = known ?? (incidentId === null ? undefined : await incidents.find(incidentId));
  if (!message) return { incident: incident ?? null, webhook: null, note: null };
  const { team, webhookId, event } = message;
  const webhook = await webhooks.find(team, webhookId);
  const note =
    event?.type === "noted" ? await incidentEvents.findNote(event.incidentId, event.noteId) : undefined;
  return { incident: incident ?? null, webhook: webhook ?? null, note: note ?? null };
}

/**
 * Returns the notification to send, or suppressed with a reason.
 *
 * @param found the notification before it was claimed
 * @returns undefined for a page that waits for its bundle
 */
async function stillWanted(
  deps: DeliverDeps,
  found: Notification,
  taken: Taken,
  now: number,
): Promise<Taken | undefined> {
  const { notification, incident, webhook } = taken;
  const without = (reason: string) => ({ ...taken, notification: suppressed(notification, reason) });
  const unwanted = notification.webhook && webhookSuppressionReason(webhook, notification.webhook);
  if (unwanted !== null) return without(unwanted);
  if (notification.kind === "bundle") {
    const current = await currentBundle(deps, notification);
    return current
      ? { ...taken, ...current }
      : without("every incident in it was acknowledged or resolved before it was sent");
  }
  if (notification.kind === "drill") {
    const drill = await findDrill(deps.drills, notification);
    if (drill?.answeredAt !== null) return without("the drill was answered before it was sent");
    // Its message may have waited for its provider into the night.
    if (now >= drill.answerBy) return without("the drill was over before it was sent");
    const isBusy = await hasIncident(deps, drill.email, drill.startedAt);
    return isBusy ? without("the person was paged about an incident before it was sent") : taken;
  }
  if (!incident) return taken;
  const reason = suppressionReason(notification, incident);
  if (reason !== null) return without(reason);
  if (await bundlePage(deps, found, incident, now)) return undefined;
  return { ...taken, notification: { ...notification, bundledInto: null } };
}

/** Fails a message that the provider reported as undelivered before its acceptance was recorded. */
async function failReported(deps: DeliverDeps, sent: Notification): Promise<void> {
  const report = sent.receipts.at(-1);
  if (report) await reportDelivery(deps, sent.id, report, deps.clock());
}

/**
 * Records what the provider says about a message that it has not reported on. A call that still waits or rings is ended, so
 * that it does not ring after the next contact method. A text message may still arrive.
 */
async function reportUnreported(deps: DeliverDeps, message: Notification, now: number): Promise<void> {
  const { id, channel } = message;
  const asked = deps.channels[channel]?.reconcile?.(message, now);
  // Its response may repeat secrets.
  const report = await asked?.catch(() => {
    deps.log.warn("the provider did not report the status of a message", { notification_id: id, channel });
    return null;
  });
  if (report) await reportDelivery(deps, id, { ...report, at: now }, now);
  else if (channel === "voice") await reportDelivery(deps, id, unreported(now), now);
}

/**
 * Checks later whether the provider has reported on a message. Queued before it is sent, so that the check survives a crash
 * after it.
 */
async function checkReportLater(
  { notificationQueue }: DeliverDeps,
  { id, incidentId }: Notification,
): Promise<void> {
  const delaySeconds = limits.reportSeconds;
  await notificationQueue.send([{ id, incidentId: incidentId ?? undefined, delaySeconds }]);
}

/**
 * Records that a person was paged on their phone, so that answers from it are theirs.
 *
 * @throws PermanentFailure if text messages to it are stopped
 */
async function usePhone(
  { phones, log }: DeliverDeps,
  { channel, address, recipient }: Notification,
): Promise<void> {
  if (phoneNumbersOf([{ channel, address }]).length === 0) return;
  const { owner, isStopped } = await phones.find(address);
  if (isStopped && channel === "sms")
    throw new PermanentFailure(
      "the recipient stopped text messages to this number with STOP; START resumes them",
    );
  if (owner === recipient || emailIn(recipient) === undefined) return;
  // A page that can't be answered by text is better than none.
  await phones
    .setOwner(address, recipient)
    .catch((error) => log.warn("the owner of a phone number was not recorded", { error }));
}

async function send(deps: DeliverDeps, taken: Taken): Promise<Receipt> {
  const { notification } = taken;
  await usePhone(deps, notification);
  if (isReportedOn(notification.channel)) await checkReportLater(deps, notification);
  const at = deps.clock();
  const links = linksOf(deps, taken, at);
  const channel = deps.channels[notification.channel];
  if (!channel)
    throw new PermanentFailure(`channel ${notification.channel} is not supported by this release`);
  try {
    const acceptsReplies = deps.acceptsReplies(notification.channel);
    const emailReply = deps.emailReply(notification.id);
    const complete = withCode(deps, notification);
    return await channel.deliver({
      ...taken,
      notification: complete,
      links,
      acceptsReplies,
      emailReply,
      at,
    });
  } catch (error) {
    if (error instanceof TemporaryFailure || error instanceof PermanentFailure) throw error;
    deps.log.error("channel failed unexpectedly", { notification_id: notification.id, error });
    throw new TemporaryFailure("the channel failed unexpectedly; see the logs");
  }
}

function linksOf(
  { makeLinks, makeConfirmLink }: DeliverDeps,
  { notification, incident }: Taken,
  at: number,
): MessageLinks | null {
  const actor = redactedAddress(notification.channel, notification.recipient);
  if (incident) return makeLinks(incident, actor, at);
  const view = isConfirmable(notification) ? makeConfirmLink(notification.id, actor, at) : null;
  return view === null ? null : { view, acknowledge: null, resolve: null };
}

/** Inserts the code of a verification, which is not stored. @throws PermanentFailure without a secret */
function withCode({ verificationCode }: DeliverDeps, notification: Notification): Notification {
  if (notification.kind !== "verification") return notification;
  const code = verificationCode(notification.id);
  if (code === null) throw new PermanentFailure("codes need SIGNING_SECRET");
  return withCodeInMessage(notification, code);
}

async function afterFailure(
  deps: DeliverDeps,
  { notification, webhook, context }: Taken,
  failure: TemporaryFailure | PermanentFailure,
): Promise<void> {
  const now = deps.clock();
  const random = deps.random();
  const tried = await record(deps, notification, (claimed) => {
    const failed = undelivered(claimed, failure, now, deps.sha256);
    const nextAttemptAt =
      failed.status === "queued" && failure instanceof TemporaryFailure
        ? now + retryDelaySeconds(failed.attempts.length, random, failure.retryAfterSeconds) * 1_000
        : null;
    return { ...failed, nextAttemptAt };
  });
  const { nextAttemptAt } = tried;
  if (nextAttemptAt !== null) {
    throw new RetryLater(`${tried.id} was not delivered: ${failure.message}`, nextAttemptAt);
  }
  if (failure instanceof Gone && webhook) await disableGone(deps, webhook, tried, now);
  const over = settled(tried);
  await (over.kind === "bundle"
    ? retryOnConflict(() => failOverPages(deps, over, now))
    : failOver(deps, over, now, context));
  if (failure instanceof TemporaryFailure) {
    const givenUpAfter = over.attempts.length;
    await deps.deadLetters.send([{ id: over.id, delaySeconds: 0, givenUpAfter, context }]);
  }
  await saveClaimed(deps, tried, settled);
}

/** Stores a change of a claimed notification. Receipts that arrived since it was read are kept. */
async function saveClaimed(
  { notifications, clock }: DeliverDeps,
  claimed: Notification,
  change: (claimed: Notification) => Notification,
): Promise<Notification> {
  let known: Notification | undefined = claimed;
  return retryOnConflict(async () => {
    const current = known ?? required(await notifications.find(claimed.id), "notification", claimed.id);
    known = undefined;
    if (current.claimedUntil !== claimed.claimedUntil)
      throw new RetryLater(`${claimed.id} was claimed by another delivery`, clock());
    return notifications.save(change(current));
  });
}

/** Stores the result of an attempt and logs its hash, which cannot be changed along with the record. */
async function record(
  deps: DeliverDeps,
  claimed: Notification,
  change: (claimed: Notification) => Notification,
): Promise<Notification> {
  const saved = await saveClaimed(deps, claimed, change);
  const attempt = saved.attempts.at(-1);
  deps.log.info("notification attempted", {
    notification_id: saved.id,
    incident_id: saved.incidentId,
    channel: saved.channel,
    outcome: attempt?.outcome,
    hash: attempt?.hash,
  });
  return saved;
}
