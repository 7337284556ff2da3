/** Labels of notifications and their deliveries. */
import { redactedAddress } from "../../../channels/address.ts";
import { maxAttempts } from "../../../domain/notifications/delivery.ts";
import type {
  Attempt,
  AttemptOutcome,
  Notification,
  NotificationKind,
  NotificationStatus,
  ReceiptKind,
} from "../../../domain/notifications/notification.ts";
import { count } from "../../../domain/text/count.ts";
import { formatDuration } from "../../components/duration.ts";

export const statusNames: Readonly<Record<NotificationStatus, string>> = {
  queued: "queued",
  sent: "sent",
  failed: "failed",
  suppressed: "suppressed",
};

const attemptNames: Readonly<Record<AttemptOutcome, string>> = {
  sent: "accepted by the provider",
  temporary: "failed, will be retried",
  permanent: "rejected permanently",
  in_doubt: "unknown: it may have been delivered",
};

export const receiptNames: Readonly<Record<ReceiptKind, string>> = {
  delivered: "delivered",
  undelivered: "not delivered",
  shown: "shown on a device",
  answered: "answered",
};

/** Returns the label of a status; a simulated message was not sent. */
export function statusText({ status, simulated }: Pick<Notification, "status" | "simulated">): string {
  return simulated ? "printed to the console" : statusNames[status];
}

/** Returns the label of the outcome of an attempt; the console is not a provider. */
export function attemptText(
  { outcome }: Pick<Attempt, "outcome">,
  { simulated }: Pick<Notification, "simulated">,
): string {
  return simulated && outcome === "sent" ? "printed to the console" : attemptNames[outcome];
}

export const kindNames: Readonly<Record<NotificationKind, string>> = {
  page: "Page",
  bundle: "Bundle (one message for several pages)",
  announcement: "Team channel notification",
  handoff: "Handoff notification",
  digest: "Morning digest",
  message: "Manual message",
  verification: "Verification code",
  drill: "Drill",
};

/** Returns the redacted recipient: `ada@example.com`, `team payments`. */
export function recipientText({ channel, recipient }: Pick<Notification, "channel" | "recipient">): string {
  return redactedAddress(channel, recipient).replace(/^team:/, "team ");
}

/** Returns the progress of the delivery in one line, without text of users. */
export function deliveryText(notification: Notification, now: number): string {
  const { status, attempts, dueAt, createdAt, sentAt, claimedUntil } = notification;
  const failures = attempts.filter(({ ok }) => !ok).length;
  switch (status) {
    case "sent":
      return [
        within((sentAt ?? createdAt) - Math.max(dueAt, createdAt)),
        ...(failures > 0 ? [`on attempt ${attempts.length}`] : []),
      ].join(", ");
    case "failed":
      return `after ${count(attempts.length, "attempt")}`;
    case "suppressed":
      return "not sent";
    case "queued":
      if (claimedUntil !== null && claimedUntil > now) return "sending";
      if (failures > 0) return `${count(failures, "attempt")} of ${maxAttempts} failed, retrying`;
      return dueAt > now ? `due in ${formatDuration(dueAt - now)}` : "sending soon";
  }
}

function within(ms: number): string {
  return ms < 1_000 ? "within a second" : `within ${formatDuration(ms)}`;
}
