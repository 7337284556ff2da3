import { AlreadyExists, StaleVersion } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { isUntouched } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { openBundle, windowStart, withoutAcknowledged, withPage } from "../../domain/notifications/storm.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { PageCounter } from "../ports/notifications.ts";
import type { Digest } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { dueOf, type QueueNotificationsDeps } from "./queue-notifications.ts";

export interface BundleDeps extends QueueNotificationsDeps {
  readonly pageCounter: PageCounter;
  readonly digest: Digest;
  /** Pages per person and service in 15 minutes before further ones are bundled. */
  readonly pagesPerQuarterHour: number;
}

/**
 * Counts a page before it is sent. If the person has reached the limit for the service, the page is bundled.
 *
 * @returns the ID of the bundle; null if the page is to be sent
 */
export async function bundlePage(
  deps: BundleDeps,
  page: Notification,
  incident: Incident,
  now: number,
): Promise<string | null> {
  if (page.kind !== "page" || page.attempts.length > 0) return null;
  const since = windowStart(now);
  const count = await deps.pageCounter.count(page.recipient, incident.service, since);
  if (!page.mayBeBundled || count <= deps.pagesPerQuarterHour) return null;
  const { recipient, channel, address } = page;
  const decision = ["bundle", recipient, channel, address, incident.service, since];
  const id = idPrefixes.notification + deps.digest(JSON.stringify(decision));
  return retryOnConflict(() => addToBundle(deps, id, page, incident, now));
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
