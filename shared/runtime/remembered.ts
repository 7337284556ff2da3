/**
 * Configuration that alerts and events are handled by. It is read after the alert or event, as without a cache, but
 * once for all those that waited in a queue.
 */
import { lazy } from "../caching/lazy.ts";
import { ttlCache } from "../caching/ttl-cache.ts";
import { limits } from "../domain/limits.ts";
import { services, webhooks } from "./stores.ts";
import { clock } from "./system.ts";

/** Longest delay until a change applies to what was queued before it. */
const rememberedMs = 1_000;

export const rememberedServices = lazy(() => ({
  find: ttlCache(rememberedMs, clock, (name) => services().find(name)),
}));

export const webhooksOf = lazy(() =>
  ttlCache(rememberedMs, clock, async (team) => {
    const { items } = await webhooks().list(team, { limit: limits.pageSize, after: null });
    return items;
  }),
);
