import type { RecordedAlert } from "../../domain/alerts/alert.ts";
import { type Matcher, matchesAll } from "../../domain/alerts/matcher.ts";
import type { AlertStore } from "../ports/alerts.ts";
import { type LatestAlerts, readLatestAlerts } from "./read-latest-alerts.ts";

export interface MatchingAlerts {
  readonly latest: LatestAlerts;
  /** Those of the latest alerts that match all matchers, newest first. */
  readonly matched: readonly RecordedAlert[];
}

/** Reads the latest alerts and compares them with the matchers of a silence. */
export async function readMatchingAlerts(
  deps: { readonly alerts: AlertStore },
  matchers: readonly Matcher[],
): Promise<MatchingAlerts> {
  const latest = await readLatestAlerts(deps, matchers);
  return { latest, matched: latest.alerts.filter((alert) => matchesAll(matchers, alert)) };
}
