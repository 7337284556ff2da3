/** Storm protection: limits the pages per person and service, and bundles the rest into one message. */
import { limits } from "../limits.ts";
import { type BundledPage, type Notification, newNotification } from "./notification.ts";

const windowMs = 15 * 60_000;

/** Returns the start of the 15-minute window that contains a time. */
export function windowStart(at: number): number {
  return Math.floor(at / windowMs) * windowMs;
}

/** Returns the end of the 15-minute window that contains a time. */
export function windowEnd(at: number): number {
  return windowStart(at) + windowMs;
}

/**
 * Creates a bundle for the further pages of one person, contact method and service. It is sent at the end of
 * the 15-minute window.
 */
export function openBundle(id: string, first: Notification, since: number, now: number): Notification {
  const { incidentId, channel, recipient, address, severity, metadata } = first;
  const { service = "", team = "" } = metadata;
  return newNotification({
    id,
    kind: "bundle",
    incidentId,
    channel,
    recipient,
    address,
    message: "",
    severity,
    metadata: { service, team },
    createdAt: now,
    dueAt: windowEnd(since),
  });
}

/** Adds a page to the bundle. */
export function withPage(bundle: Notification, page: BundledPage): Notification {
  return withPages(bundle, [...bundle.bundled, page], bundle.bundledCount + 1);
}

/** Removes pages that were acknowledged in the meantime. */
export function withoutAcknowledged(bundle: Notification, acknowledged: ReadonlySet<string>): Notification {
  const open = bundle.bundled.filter(({ incidentId }) => !acknowledged.has(incidentId));
  return withPages(bundle, open, bundle.bundledCount - (bundle.bundled.length - open.length));
}

function withPages(bundle: Notification, pages: readonly BundledPage[], count: number): Notification {
  const numbers = [...new Set(pages.map(({ incidentNumber }) => `#${incidentNumber}`))];
  const named = numbers.slice(-10).join(", ") + (numbers.length > 10 ? " and others" : "");
  const pagesSay = count === 1 ? "1 more page" : `${count} more pages`;
  return {
    ...bundle,
    bundled: pages.slice(-limits.bundledPages),
    bundledCount: count,
    message: `${pagesSay} about ${bundle.metadata.service} in 15 minutes: ${named}`,
  };
}
