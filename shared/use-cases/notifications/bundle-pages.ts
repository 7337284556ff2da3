import { AlreadyExists, StaleVersion } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { isUntouched } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { openBundle, windowStart, withoutAcknowledged, withPage } from "../../domain/notifications/storm.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { PageCounter } from "../ports/notifications.ts";
import type { Digest, Log } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { dueOf, type QueueNotificationsDeps } from "./queue-notifications.ts";

export interface BundleDeps extends QueueNotificationsDeps {
  readonly pageCounter: PageCounter;
  readonly digest: Digest;
  /** Pages per person and service in 15 minutes before further ones are bundled. */
  readonly pagesPerQuarterHour: number;
}

/**
 * Counts a page that may be bundled before it is sent. If the person has reached the limit for the service, it is bundled.
 *
 * @returns the ID of the bundle; null if the page is to be sent
 */
export async function bundlePage(
  deps: BundleDeps,
  page: Notification,
  incident: Incident,
  now: number,
): Promise<string | null> {
  if (!isCounted(page) || !page.mayBeBundled) return null;
  const since = windowStart(now);
  const { recipient, channel, address } = page;
  const count = await deps.pageCounter.count(recipient, incident.service, since);
  if (count <= deps.pagesPerQuarterHour) return null;
  const decision = ["bundle", recipient, channel, address, incident.service, since];
  const id = idPrefixes.notification + deps.digest(JSON.stringify(decision));
  return retryOnConflict(() => addToBundle(deps, id, page, incident, now));
}

/**
 * Counts a page that is never bundled, because it is the first of its incident. The later pages depend on the count, and
 * this one does not wait for it: a failure is only logged.
 */
export async function countUnbundled(
  { pageCounter, log }: Pick<BundleDeps, "pageCounter"> & { readonly log: Log },
  page: Notification,
  incident: Incident,
  now: number,
): Promise<void> {
  if (!isCounted(page) || page.mayBeBundled) return;
  try {
    await pageCounter.count(page.recipient, incident.service, windowStart(now));
  } catch (error) {
    log.warn("page not counted", { notification_id: page.id, error });
  }
}

/** Retries are not counted again. */
function isCounted({ kind, attempts }: Notification): boolean {
  return kind === "page" && attempts.length === 0;
}

async function addToBundle(
  deps: BundleDeps,
  id: string,
  page: Notification,
  incident: Incident,
  now: number,
): Promise<string | null> {
  const entry = { pageId: page.id, incidentId: incident.id, incidentNumber: incident.number };
  const known = await deps.notifications.find(id);
  if (!known) {
    const bundle = withPage(openBundle(id, page, windowStart(now), now), entry);
    await deps.notifications.create(bundle).catch((error) => {
      throw error instanceof AlreadyExists ? new StaleVersion(error.message) : error;
    });
    await deps.notificationQueue.send([dueOf(bundle, now)]);
    return id;
  }
  if (known.bundled.some(({ pageId }) => pageId === page.id)) {
    // The writer of the bundle may have crashed before queueing it.
    await deps.notificationQueue.send([dueOf(known, now)]);
    return id;
  }
  if (!isUntouched(known)) return null;
  await deps.notifications.save(withPage(known, entry));
  return id;
}

/**
 * Returns a bundle without incidents that were acknowledged in the meantime.
 *
 * @returns undefined if nothing is left
 */
export async function currentBundle(
  { incidents }: { readonly incidents: IncidentStore },
  bundle: Notification,
): Promise<Notification | undefined> {
  const ids = [...new Set(bundle.bundled.map(({ incidentId }) => incidentId))];
  const found = await Promise.all(ids.map((id) => incidents.find(id)));
  const acknowledged = new Set(ids.filter((_, index) => found[index]?.status !== "open"));
  const current = withoutAcknowledged(bundle, acknowledged);
  return current.bundled.length > 0 ? current : undefined;
}
