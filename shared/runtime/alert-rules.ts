import { cached } from "../caching/cached.ts";
import { lazy } from "../caching/lazy.ts";
import { hourMs } from "../domain/time-units.ts";
import type { AlertRules } from "../use-cases/ports/alerts.ts";
import { ruleStore } from "./later/stores.ts";
import { clock } from "./system.ts";

/** Delay within which all environments see a change of the rules. */
const cacheMs = 1_000;
/** Rules and silences that ended within this time still apply to alerts that waited in the queue. */
const endedSinceMs = hourMs;

const loaded = lazy(() => cached(cacheMs, (now) => ruleStore().load(now - endedSinceMs)));

/** Returns the alerting rules. Cached, so it takes at most one query per second. */
export async function alertRules(): Promise<AlertRules> {
  return (await loaded()(clock())).value;
}
