import type { Heartbeat, Pulse } from "../../../domain/alerts/heartbeat.ts";
import type { Sha256 } from "../../../domain/hash-chain.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { WithPulse } from "../../ports/alerts.ts";
import type { MakeSecret, Ulid } from "../../ports/system.ts";
import {
  authorizeHeartbeat,
  type ChangeHeartbeatDeps,
  type HeartbeatFields,
  heartbeatKeyPrefixLength,
  timeoutOf,
} from "./heartbeat-deps.ts";

/** Creates a heartbeat monitor that waits for its first ping. Its key is shown only once. */
export async function createHeartbeat(
  deps: ChangeHeartbeatDeps & {
    readonly makeSecret: MakeSecret;
    readonly sha256: Sha256;
    readonly ulid: Ulid;
  },
  draft: Omit<HeartbeatFields, "paused"> & Pick<Heartbeat, "service">,
  now: number,
): Promise<WithPulse & { readonly key: string }> {
  await authorizeHeartbeat(deps, draft);
  const key = deps.makeSecret();
  const heartbeat: Heartbeat = {
    ...draft,
    paused: false,
    id: idPrefixes.heartbeat + deps.ulid(now),
    keyPrefix: key.slice(0, heartbeatKeyPrefixLength),
    keyDigest: deps.sha256(key),
    createdAt: now,
    rotatedAt: null,
    version: 1,
  };
  const pulse: Pulse = {
    heartbeatId: heartbeat.id,
    keyDigest: heartbeat.keyDigest,
    ...timeoutOf(heartbeat),
    paused: false,
    resumedAt: null,
    lastBeatAt: null,
    missingSince: null,
    notices: [],
    wakeAt: null,
    version: 1,
  };
  await deps.heartbeats.create({ heartbeat, pulse });
  return { heartbeat, pulse, key };
}
