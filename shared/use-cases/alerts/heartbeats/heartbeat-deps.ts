import type { Heartbeat } from "../../../domain/alerts/heartbeat.ts";
import type { Metrics } from "../../../domain/metrics.ts";
import type { AlertQueue, HeartbeatStore } from "../../ports/alerts.ts";
import type { Log, SeededUlids } from "../../ports/system.ts";

export interface HeartbeatDeps {
  readonly heartbeats: HeartbeatStore;
}

export interface SendNoticesDeps extends HeartbeatDeps {
  readonly alertQueue: AlertQueue;
  readonly seededUlids: SeededUlids;
  readonly metrics: Metrics;
  readonly log: Log;
}

export type HeartbeatFields = Pick<
  Heartbeat,
  "name" | "team" | "severity" | "intervalSeconds" | "graceSeconds" | "paused"
>;

export const heartbeatKeyPrefixLength = 6;

export function timeoutOf({ intervalSeconds, graceSeconds }: Heartbeat) {
  return { timeoutSeconds: intervalSeconds + graceSeconds, graceSeconds };
}
