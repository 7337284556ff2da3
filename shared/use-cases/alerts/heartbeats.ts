import {
  type Heartbeat,
  heartbeatAlert,
  type Notice,
  noticesSent,
  type Pulse,
  ping,
  withTimeout,
} from "../../domain/alerts/heartbeat.ts";
import { NotFound } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Metrics } from "../../domain/metrics.ts";
import type { Sha256 } from "../../domain/notifications/proof.ts";
import type { AlertQueue, HeartbeatStore, WithPulse } from "../ports/alerts.ts";
import type { Log, MakeSecret, SeededUlids, Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { acceptAlerts } from "./accept-alerts.ts";

interface HeartbeatDeps {
  readonly heartbeats: HeartbeatStore;
}

export interface SendNoticesDeps extends HeartbeatDeps {
  readonly alertQueue: AlertQueue;
  readonly seededUlids: SeededUlids;
  readonly metrics: Metrics;
  readonly log: Log;
}

type HeartbeatFields = Pick<Heartbeat, "name" | "team" | "severity" | "intervalSeconds" | "graceSeconds">;

const heartbeatKeyPrefixLength = 6;

/** Creates a heartbeat monitor that waits for its first ping. Its key is shown only once. */
export async function createHeartbeat(
  deps: HeartbeatDeps & { readonly makeSecret: MakeSecret; readonly sha256: Sha256; readonly ulid: Ulid },
  draft: HeartbeatFields & Pick<Heartbeat, "service">,
  now: number,
): Promise<WithPulse & { readonly key: string }> {
  const key = deps.makeSecret();
  const heartbeat: Heartbeat = {
    ...draft,
    id: idPrefixes.heartbeat + deps.ulid(now),
    keyPrefix: key.slice(0, heartbeatKeyPrefixLength),
    keyDigest: deps.sha256(key),
    createdAt: now,
    version: 1,
  };
  const pulse: Pulse = {
    heartbeatId: heartbeat.id,
    keyDigest: heartbeat.keyDigest,
    ...timeoutOf(heartbeat),
    lastBeatAt: null,
    missingSince: null,
    notices: [],
    wakeAt: null,
    version: 1,
  };
  await deps.heartbeats.create({ heartbeat, pulse });
  return { heartbeat, pulse, key };
}

function timeoutOf({ intervalSeconds, graceSeconds }: Heartbeat) {
  return { timeoutSeconds: intervalSeconds + graceSeconds, graceSeconds };
}

/** @throws NotFound */
export async function readHeartbeat({ heartbeats }: HeartbeatDeps, id: string): Promise<WithPulse> {
  return required(await heartbeats.find(id), "heartbeat", id);
}

/** @throws NotFound */
export function updateHeartbeat(
  deps: HeartbeatDeps,
  id: string,
  changes: Partial<HeartbeatFields>,
): Promise<WithPulse> {
  return retryOnConflict(async () => {
    const known = await readHeartbeat(deps, id);
    const heartbeat = { ...known.heartbeat, ...changes };
    return deps.heartbeats.save({ heartbeat, pulse: withTimeout(known.pulse, timeoutOf(heartbeat)) });
  });
}

/** Deletes a heartbeat monitor and resolves its open incident. @throws NotFound */
export function deleteHeartbeat(deps: SendNoticesDeps, id: string, now: number): Promise<WithPulse> {
  return retryOnConflict(async () => {
    const found = await readHeartbeat(deps, id);
    const { heartbeat, pulse } = found;
    const isMissing = pulse.missingSince !== null;
    await send(
      deps,
      heartbeat,
      isMissing ? [...pulse.notices, { action: "resolve", at: now }] : pulse.notices,
    );
    await deps.heartbeats.remove(found);
    return found;
  });
}

/**
 * Records a ping: one write, unless pings were missing.
 *
 * @throws NotFound if there is no such key
 */
export async function recordPing(
  deps: SendNoticesDeps & { readonly sha256: Sha256 },
  key: string,
  now: number,
): Promise<void> {
  if (!(await recordPingByDigest(deps, deps.sha256(key), now)))
    throw new NotFound("heartbeat with the key", `${key.slice(0, heartbeatKeyPrefixLength)}…`);
}

/** Records a ping by the digest of the key. @returns true if the monitor exists */
export async function recordPingByDigest(
  deps: SendNoticesDeps,
  keyDigest: string,
  now: number,
): Promise<boolean> {
  const pulse = await retryOnConflict(async () => {
    const known = await deps.heartbeats.findPulse(keyDigest);
    return known && deps.heartbeats.savePulse(ping(known, now));
  });
  if (!pulse) return false;
  if (pulse.notices.length === 0) return true;
  // The pending alert is stored, so the sweep sends it if this fails.
  await sendNotices(deps, pulse).catch((error) =>
    deps.log.warn("heartbeat notice not sent yet", { heartbeat_id: pulse.heartbeatId, error }),
  );
  return true;
}

/**
 * Sends the due alerts of a heartbeat monitor. Their IDs are stable, so they can be sent again until that is
 * recorded.
 */
export async function sendNotices(deps: SendNoticesDeps, pulse: Pulse): Promise<void> {
  const found = await deps.heartbeats.find(pulse.heartbeatId);
  if (!found) return;
  await send(deps, found.heartbeat, pulse.notices);
  await deps.heartbeats.savePulse(noticesSent(pulse));
}

async function send(deps: SendNoticesDeps, heartbeat: Heartbeat, notices: readonly Notice[]): Promise<void> {
  for (const notice of notices) {
    const ulid = deps.seededUlids(`${heartbeat.id} ${notice.action} ${notice.at}`);
    await acceptAlerts({ ...deps, ulid }, [heartbeatAlert(heartbeat, notice)], notice.at);
  }
}
