import { ping } from "../../../domain/alerts/heartbeat.ts";
import { NotFound } from "../../../domain/errors.ts";
import type { Sha256 } from "../../../domain/hash-chain.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { heartbeatKeyPrefixLength, type SendNoticesDeps } from "./heartbeat-deps.ts";
import { sendNotices } from "./send-notices.ts";

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
