import { heartbeatState } from "../../domain/alerts/heartbeat.ts";
import { silenceState } from "../../domain/alerts/silence.ts";
import type { DowntimeStore, HeartbeatStore, RuleStore } from "../ports/alerts.ts";

/** Numbers beside the names of the pages about alerts. */
export interface AlertingCounts {
  readonly routing: number;
  readonly activeSilences: number;
  /** Heartbeat monitors whose pings stopped, among the newest hundred. */
  readonly missedHeartbeats: number;
}

/** Takes one query of the rules, one page of an index, one batch read and one read: to be cached. */
export async function readAlertingCounts(
  deps: {
    readonly ruleStore: RuleStore;
    readonly heartbeats: HeartbeatStore;
    readonly downtime: DowntimeStore;
  },
  now: number,
): Promise<AlertingCounts> {
  const [{ routing, silences }, { items }, { gaps }] = await Promise.all([
    deps.ruleStore.load(now),
    deps.heartbeats.list({ limit: 100, after: null }),
    deps.downtime.load(),
  ]);
  return {
    routing: routing.current.rules.length,
    activeSilences: silences.filter((silence) => silenceState(silence, now) === "active").length,
    missedHeartbeats: items.filter(({ pulse }) => heartbeatState(pulse, gaps, now).state === "missing")
      .length,
  };
}
