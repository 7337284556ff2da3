/**
 * Reads that this execution environment caches.
 *
 * Configuration that alerts and events are handled by. It is read after the alert or event, as without a cache, but
 * once for all those that waited in a queue.
 */
import { lazy } from "../caching/lazy.ts";
import { recentValues } from "../caching/recent-values.ts";
import { ttlCache } from "../caching/ttl-cache.ts";
import type { Incident } from "../domain/incidents/incident.ts";
import { limits } from "../domain/limits.ts";
import { minuteMs } from "../domain/time-units.ts";
import { webhooks } from "./later/stores.ts";
import { accounts, changes, services } from "./stores.ts";
import { clock } from "./system.ts";

const accountsMs = minuteMs;

/** Longest delay until a change applies to what was queued before it. */
const cacheMs = 1_000;

export const cachedServices = lazy(() => ({
  find: ttlCache(cacheMs, clock, (name) => services().find(name)),
}));

export const webhooksOf = lazy(() =>
  ttlCache(cacheMs, clock, async (team) => {
    const { items } = await webhooks().list(team, { limit: limits.pageSize, after: null });
    return items;
  }),
);

/** Returns the changes of a service in the day before, as notifications repeat them. */
export const recentChanges = lazy(() =>
  ttlCache(cacheMs, clock, (service) =>
    changes().latest(service, clock() - limits.changesBeforeSeconds * 1_000),
  ),
);

/** Accounts of a team's members, which each view of its page looks up. */
export const recentAccounts = lazy(() => ({
  findByAnyEmail: ttlCache(accountsMs, clock, (email) => accounts().findByAnyEmail(email)),
}));

/** Time in which most incidents change only by the alerts that this environment handles. */
const recentMs = 10_000;

export const recentIncidents = lazy(() => recentValues<Incident>(recentMs, clock));
