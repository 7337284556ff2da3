import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { matchesAll } from "../../../domain/alerts/matcher.ts";
import { activePeriods, type Silence } from "../../../domain/alerts/silence.ts";
import { limits } from "../../../domain/limits.ts";
import type { LatestAlerts, readLatestAlerts } from "../../../use-cases/alerts/read-latest-alerts.ts";
import type { Wired } from "../../site/use-case.ts";

export type ReadLatestAlerts = Wired<typeof readLatestAlerts>;

/** The latest alerts and those that match, newest first, and the next periods of activity. */
export interface SilencePreview {
  readonly latest: LatestAlerts;
  readonly matched: readonly RecordedAlert[];
  /** Null if the times are not chosen yet. */
  readonly active: ReturnType<typeof activePeriods> | null;
}

/** @param silence its matchers and, once they are chosen, its times */
export async function previewOf(
  readLatestAlerts: ReadLatestAlerts,
  silence: Pick<Silence, "matchers"> & Partial<Pick<Silence, "startsAt" | "endsAt" | "windows">>,
  now: number,
): Promise<SilencePreview> {
  const { matchers, startsAt, endsAt, windows = null } = silence;
  const latest = await readLatestAlerts(matchers);
  return {
    latest,
    matched: latest.alerts.filter((alert) => matchesAll(matchers, alert)),
    active:
      startsAt === undefined || endsAt === undefined
        ? null
        : activePeriods({ startsAt, endsAt, windows }, now, limits.previewedPeriods),
  };
}
