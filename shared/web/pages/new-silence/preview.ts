import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { type Matcher, matchesAll } from "../../../domain/alerts/matcher.ts";
import type { readLatestAlerts } from "../../../use-cases/alerts/read-latest-alerts.ts";
import type { Wired } from "../../site/use-case.ts";

export type PreviewSilence = Wired<typeof readLatestAlerts>;

/** The latest alerts, newest first, and those that match. */
export interface SilencePreview {
  readonly examined: readonly RecordedAlert[];
  readonly matched: readonly RecordedAlert[];
}

export async function previewOf(
  readLatestAlerts: PreviewSilence,
  matchers: readonly Matcher[],
): Promise<SilencePreview> {
  const examined = await readLatestAlerts(matchers);
  return { examined, matched: examined.filter((alert) => matchesAll(matchers, alert)) };
}
