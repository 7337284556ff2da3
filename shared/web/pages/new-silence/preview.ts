import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { type Matcher, matchesAll } from "../../../domain/alerts/matcher.ts";
import type { LatestAlerts, readLatestAlerts } from "../../../use-cases/alerts/read-latest-alerts.ts";
import type { Wired } from "../../site/use-case.ts";

export type ReadLatestAlerts = Wired<typeof readLatestAlerts>;

/** The latest alerts, and those that match, newest first. */
export interface SilencePreview {
  readonly latest: LatestAlerts;
  readonly matched: readonly RecordedAlert[];
}

export async function previewOf(
  readLatestAlerts: ReadLatestAlerts,
  matchers: readonly Matcher[],
): Promise<SilencePreview> {
  const latest = await readLatestAlerts(matchers);
  return { latest, matched: latest.alerts.filter((alert) => matchesAll(matchers, alert)) };
}
