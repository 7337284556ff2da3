import { cached } from "../caching/cached.ts";
import { lazy } from "../caching/lazy.ts";
import type { AlertRules } from "../use-cases/ports/alerts.ts";
import { ruleStore } from "./stores.ts";
import { clock } from "./system.ts";

/** A change of the rules is heard of everywhere within so long. */
const rememberedMs = 1_000;
/** What ended within it still decides about alerts that have waited since. */
const endedSinceMs = 3_600_000;

const loaded = lazy(() => cached(rememberedMs, (now) => ruleStore().load(now - endedSinceMs)));

/** What decides about alerts: one query a second at most, however many of them there are. */
export async function alertRules(): Promise<AlertRules> {
  return (await loaded()(clock())).value;
}
