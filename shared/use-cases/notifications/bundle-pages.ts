import { AlreadyExists, StaleVersion } from "../../domain/errors.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import {
  isUntouched,
  PermanentFailure,
  suppressed,
  suppressionReason,
  undelivered,
} from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { admission, dueOfSlot } from "../../domain/notifications/page-window.ts";
import {
  contains,
  isOpen,
  namedIn,
  openBundle,
  windowEnd,
  windowStart,
  withPage,
  written,
} from "../../domain/notifications/storm.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { PageCounter, PageWindowStore } from "../ports/notifications.ts";
import type { Digest, Log } from "../ports/system.ts";
import { failOver } from "./fail-over.ts";
import { dueOf, type QueueNotificationsDeps } from "./queue-notifications.ts";

export interface BundleDeps extends QueueNotificationsDeps {
  readonly incidents: IncidentStore;
  readonly pageCounter: PageCounter;
  readonly pageWindows: PageWindowStore;
  readonly digest: Digest;
  readonly sha256: Sha256;
  readonly log: Log;
  /** Repeated pages per person and service in 15 minutes before further ones are bundled. */
  readonly pagesPerQuarterHour: number;
  /** Time after a page in which further ones to the same person and contact method are bundled; 0 for never. */
  readonly bundlingMs: number;
}

/**
 * Bundles a page before it is sent, if it follows another or exceeds the limit of repeated pages. It stays queued, and the
 * bundle's delivery completes it. The page records its bundle before the bundle contains it, so that a crash in between
 * cannot name it twice.
 *
 * @returns false if the page is to be sent by itself
 * @throws StaleVersion if another delivery interferes
 */
export async function bundlePage(
  deps: BundleDeps,
  page: Notification,
  incident: Incident,
  now: number,
): Promise<boolean> {
  if (page.kind !== "page" || page.attempts.length > 0) return false;
  // A person who asks for help or escalates manually pages others immediately.
  if (page.cancelledBy === "own_answer" || page.cancelledBy === "resolution") return false;
  if (page.bundledInto !== null) {
    const bundle = await deps.notifications.find(page.bundledInto);
    if (bundle && contains(bundle, page)) {
      // The writer of the bundle may have crashed before queueing it.
      if (isUntouched(bundle)) await deps.notificationQueue.send([dueOf(bundle, now)]);
      return true;
    }
  }
  const bundles =
    (await quarterHourBundles(deps, page, incident, now)) ?? (await windowBundles(deps, page, now));
  if (!bundles) return false;
  for (let number = bundles.first; ; number += 1) {
    const id = bundles.idOf(number);
    const bundle = await deps.notifications.find(id);
    if (bundle && !isOpen(bundle)) continue;
    await bundles.reserve(number);
    const recorded =
      page.bundledInto === id ? page : await deps.notifications.save({ ...page, bundledInto: id });
    if (bundle) await deps.notifications.save(withPage(bundle, recorded));
    else await create(deps, withPage(openBundle(id, page, bundles.dueOf(number), now), recorded), now);
    return true;
  }
}

/** Bundles of one person and contact method, in order. A page joins the first with room for it. */
interface Bundles {
  readonly first: number;
  readonly idOf: (number: number) => string;
  readonly dueOf: (number: number) => number;
  /** Records that the bundle is in use. */
  readonly reserve: (number: number) => Promise<void>;
}

/** Returns the bundles at the end of the quarter of an hour, if the page exceeds the limit. Only repeated pages do. */
async function quarterHourBundles(
  deps: BundleDeps,
  page: Notification,
  { service }: Incident,
  now: number,
): Promise<Bundles | null> {
  if (!page.mayBeBundled) return null;
  const { recipient, channel, address } = page;
  const since = windowStart(now);
  const count = await deps.pageCounter.count(recipient, service, since);
  if (count <= deps.pagesPerQuarterHour) return null;
  return {
    first: 0,
    idOf: (number) => bundleId(deps, [recipient, channel, address, service, since, number]),
    dueOf: () => windowEnd(now),
    reserve: async () => {},
  };
}

/** Returns the bundles of the page's window; null if the page opens a window. */
async function windowBundles(deps: BundleDeps, page: Notification, now: number): Promise<Bundles | null> {
  const { bundlingMs } = deps;
  if (bundlingMs === 0) return null;
  const { id: firstPageId, recipient, channel, address } = page;
  const method = { recipient, channel, address };
  const window = await deps.pageWindows.find(method);
  const admitted = admission(window, page.id, now, bundlingMs);
  if (!window || admitted.kind === "first") {
    if (window?.firstPageId !== page.id) {
      const opened = { ...method, firstPageId, startedAt: now, slot: 0, version: window?.version ?? 0 };
      await deps.pageWindows.save(opened, window);
    }
    return null;
  }
  return {
    first: admitted.slot,
    idOf: (slot) => bundleId(deps, [recipient, channel, address, window.startedAt, slot]),
    dueOf: (slot) => dueOfSlot(window.startedAt, slot, now, bundlingMs),
    reserve: async (slot) => {
      if (slot > window.slot) await deps.pageWindows.save({ ...window, slot }, window);
    },
  };
}

function bundleId({ digest }: BundleDeps, decision: readonly (string | number)[]): string {
  return idPrefixes.notification + digest(JSON.stringify(["bundle", ...decision]));
}

async function create(deps: BundleDeps, bundle: Notification, now: number): Promise<void> {
  await deps.notifications.create(bundle).catch((error) => {
    throw error instanceof AlreadyExists ? new StaleVersion(error.message) : error;
  });
  await deps.notificationQueue.send([dueOf(bundle, now)]);
}

interface CurrentBundle {
  readonly notification: Notification;
  /** Set if only one incident is left. */
  readonly incident: Incident | null;
}

/**
 * Returns a bundle without pages that are no longer wanted, because their incidents were acknowledged or resolved. Costs
 * a read of up to 100 pages and their incidents.
 *
 * @returns undefined if nothing is left
 */
export async function currentBundle(
  deps: BundleDeps,
  bundle: Notification,
): Promise<CurrentBundle | undefined> {
  const pages = await pagesOf(deps, bundle);
  const ids = [...new Set(bundle.bundled.map(({ incidentId }) => incidentId))];
  const incidents = await deps.incidents.findAll(ids, { consistent: true });
  const wanted: Notification[] = [];
  for (const page of pages) {
    const incident = incidents.find(({ id }) => id === page.incidentId);
    const reason = incident ? suppressionReason(page, incident) : null;
    if (reason === null && isIn(page, bundle)) wanted.push(page);
    else if (reason !== null && page.status === "queued")
      await deps.notifications.save(suppressed(page, reason));
  }
  if (wanted.length === 0) return undefined;
  // The proof of an attempt covers the message.
  const notification = bundle.attempts.length > 0 ? bundle : written(bundle, wanted);
  const incident = incidents.find(({ id }) => id === notification.incidentId) ?? null;
  return { notification, incident };
}

/** Pages that an earlier release bundled are suppressed instead of queued. */
function isIn(page: Notification, { id }: Notification): boolean {
  return page.status === "queued" ? page.bundledInto === id : page.reason === `bundled into ${id}`;
}

/** Marks the pages in a bundle as sent, except those that a report has failed meanwhile. Idempotent. */
export async function completePages(deps: BundleDeps, bundle: Notification): Promise<void> {
  for (const page of await pagesOf(deps, bundle)) {
    if (page.status !== "sent" && page.status !== "failed")
      await deps.notifications.save(namedIn(page, bundle, deps.sha256));
  }
}

/** Sends the pages of a failed bundle through the next contact methods. Idempotent. */
export async function failOverPages(deps: BundleDeps, bundle: Notification, now: number): Promise<void> {
  const failure = new PermanentFailure(`${bundle.id}: ${bundle.attempts.at(-1)?.detail ?? "failed"}`);
  for (const page of await pagesOf(deps, bundle)) {
    if (page.status !== "queued") continue;
    const failed = undelivered(page, failure, now, deps.sha256);
    await failOver(deps, failed, now);
    await deps.notifications.save(failed);
  }
}

function pagesOf({ notifications }: BundleDeps, { bundled }: Notification): Promise<Notification[]> {
  return notifications.findAll(bundled.map(({ pageId }) => pageId));
}
