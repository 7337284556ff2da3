/** Delivery statuses in words. */
import { redactedAddress } from "../../../channels/address.ts";
import { maxAttempts } from "../../../domain/notifications/delivery.ts";
import type {
  Attempt,
  AttemptOutcome,
  Notification,
  NotificationKind,
  NotificationStatus,
} from "../../../domain/notifications/notification.ts";
import { count } from "../../components/count.ts";
import { formatSpan } from "../../components/duration.tsx";

export const statusNames: Readonly<Record<NotificationStatus, string>> = {
  queued: "waiting",
  sent: "sent",
  failed: "failed",
  suppressed: "not needed",
};

const attemptNames: Readonly<Record<AttemptOutcome, string>> = {
  sent: "accepted by the provider",
  temporary: "failed, to be tried again",
  permanent: "formErrors for good",
  in_doubt: "in doubt: it may have arrived",
};

/** Returns the status in words. A simulated message was not sent. */
export function statusWords({ status, simulated }: Pick<Notification, "status" | "simulated">): string {
  return simulated ? "printed to the console" : statusNames[status];
}

/** Returns the outcome of an attempt in words. The console is not a provider. */
export function attemptWords(
  { outcome }: Pick<Attempt, "outcome">,
  { simulated }: Pick<Notification, "simulated">,
): string {
  return simulated && outcome === "sent" ? "printed to the console" : attemptNames[outcome];
}

export const kindNames: Readonly<Record<NotificationKind, string>> = {
  page: "A page: it asks a person to answer",
  bundle: "A bundle: one message for several pages",
  announcement: "An announcement to a team's channel",
  handoff: "A handoff: who takes over",
  message: "A message that was sent by hand",
};

/** Returns the recipient in displayable form: `ada@example.com`, `team payments`. */
export function recipientWords({ channel, recipient }: Pick<Notification, "channel" | "recipient">): string {
  return redactedAddress(channel, recipient).replace(/^team:/, "team ");
}

/** Returns the delivery status in one line, without texts from others. */
export function deliveryWords(notification: Notification, now: number): string {
  const { status, attempts, dueAt, createdAt, sentAt, claimedUntil } = notification;
  const failures = attempts.filter(({ ok }) => !ok).length;
  switch (status) {
    case "sent":
      return [
        within((sentAt ?? createdAt) - Math.max(dueAt, createdAt)),
        ...(failures > 0 ? [`at attempt ${attempts.length}`] : []),
      ].join(", ");
    case "failed":
      return `after ${count(attempts.length, "attempt")}`;
    case "suppressed":
      return "was not sent";
    case "queued":
      if (claimedUntil !== null && claimedUntil > now) return "is being sent";
      if (failures > 0) return `${count(failures, "attempt")} of ${maxAttempts} failed, it is tried again`;
      return dueAt > now ? `due in ${formatSpan(dueAt - now)}` : "to be sent at once";
  }
}

function within(ms: number): string {
  return ms < 1_000 ? "within a second" : `within ${formatSpan(ms)}`;
}
