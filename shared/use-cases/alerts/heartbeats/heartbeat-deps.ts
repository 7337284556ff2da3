import type { Heartbeat } from "../../../domain/alerts/heartbeat.ts";
import type { Metrics } from "../../../domain/metrics.ts";
import { type OwnedDeps, subjectOfService } from "../../oncall/services/subject-of-service.ts";
import type { AlertQueue, HeartbeatStore } from "../../ports/alerts.ts";
import type { Log, SeededUlids } from "../../ports/system.ts";

export interface HeartbeatDeps {
  readonly heartbeats: HeartbeatStore;
}

/** Dependencies of changes to heartbeat monitors. */
export interface ChangeHeartbeatDeps extends HeartbeatDeps, OwnedDeps {}

/** Requires the right to change a heartbeat monitor, which belongs to its team or to its service. @throws AccessDenied */
export function authorizeHeartbeat(
  deps: OwnedDeps,
  { team, service }: Pick<Heartbeat, "team" | "service">,
): Promise<void> {
  return deps.authorize(team === null ? subjectOfService(deps, service) : { team });
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
