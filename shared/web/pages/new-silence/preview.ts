import { activePeriods, type Silence } from "../../../domain/alerts/silence.ts";
import { limits } from "../../../domain/limits.ts";
import type { MatchingAlerts, readMatchingAlerts } from "../../../use-cases/alerts/read-matching-alerts.ts";
import type { Wired } from "../../site/use-case.ts";

export type ReadMatchingAlerts = Wired<typeof readMatchingAlerts>;

/** The latest alerts and those that match, newest first, and the next periods of activity. */
export interface SilencePreview extends MatchingAlerts {
  /** Null if the times are not chosen yet. */
  readonly active: ReturnType<typeof activePeriods> | null;
}

/** @param silence its matchers and, once they are chosen, its times */
export async function previewOf(
  readMatchingAlerts: ReadMatchingAlerts,
  silence: Pick<Silence, "matchers"> & Partial<Pick<Silence, "startsAt" | "endsAt" | "windows">>,
  now: number,
): Promise<SilencePreview> {
  const { matchers, startsAt, endsAt, windows = null } = silence;
  return {
    ...(await readMatchingAlerts(matchers)),
    active:
      startsAt === undefined || endsAt === undefined
        ? null
        : activePeriods({ startsAt, endsAt, windows }, now, limits.previewedPeriods),
  };
}
