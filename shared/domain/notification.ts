import type { Severity } from "./severity.ts";

export const channels = ["console", "email", "slack", "sms", "webhook"] as const;
export type ChannelName = (typeof channels)[number];

export const notificationStatuses = ["queued", "sent", "failed", "suppressed"] as const;
export type NotificationStatus = (typeof notificationStatuses)[number];

export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ok: boolean;
  readonly detail: string;
}

/** One message to one recipient over one channel. Times are epoch milliseconds. */
export interface Notification {
  /** `ntf_` and, for a page, a digest of what was decided, so that one decision is one page. */
  readonly id: string;
  readonly incidentId: string;
  readonly channel: ChannelName;
  readonly recipient: string;
  readonly message: string;
  readonly severity: Severity | null;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly status: NotificationStatus;
  readonly attempts: readonly Attempt[];
  readonly createdAt: number;
  readonly sentAt: number | null;
  /** While a delivery is under way: when its claim lapses. */
  readonly claimedUntil: number | null;
  readonly version: number;
}

/** How long a delivery may take before another may assume that it died. */
export const claimMs = 30_000;

export type Claim =
  | { readonly kind: "claimed"; readonly notification: Notification }
  | { readonly kind: "finished" }
  /** Somebody else holds it until then. */
  | { readonly kind: "busy"; readonly until: number };

/** Reserves a notification for one delivery; what died after claiming is recorded as in doubt. */
export function claim(notification: Notification, now: number): Claim {
  if (notification.status !== "queued") return { kind: "finished" };
  if (notification.claimedUntil !== null && notification.claimedUntil > now) {
    return { kind: "busy", until: notification.claimedUntil };
  }
  const died = notification.claimedUntil !== null;
  return {
    kind: "claimed",
    notification: {
      ...notification,
      claimedUntil: now + claimMs,
      attempts: died
        ? [
            ...notification.attempts,
            {
              at: now,
              ok: false,
              detail: "in doubt: an earlier delivery stopped before its result was recorded",
            },
          ]
        : notification.attempts,
    },
  };
}

export function delivered(notification: Notification, detail: string, now: number): Notification {
  return {
    ...notification,
    status: "sent",
    sentAt: now,
    claimedUntil: null,
    attempts: [...notification.attempts, { at: now, ok: true, detail }],
  };
}

/** A failed attempt; it stays queued for the next one unless this was the last. */
export function undelivered(
  notification: Notification,
  detail: string,
  now: number,
  last: boolean,
): Notification {
  return {
    ...notification,
    status: last ? "failed" : "queued",
    claimedUntil: null,
    attempts: [...notification.attempts, { at: now, ok: false, detail }],
  };
}
