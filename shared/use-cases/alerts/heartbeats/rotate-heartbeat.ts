import { AlreadyCreated } from "../../../domain/errors.ts";
import type { Sha256 } from "../../../domain/hash-chain.ts";
import type { WithPulse } from "../../ports/alerts.ts";
import type { MakeSecret } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { authorizeHeartbeat, type ChangeHeartbeatDeps, heartbeatKeyPrefixLength } from "./heartbeat-deps.ts";
import { readHeartbeat } from "./read-heartbeat.ts";

/**
 * Replaces the key. Pings with the old one are rejected at once. The time of the next expected ping stays.
 *
 * @throws NotFound
 * @throws AlreadyCreated if it was rotated since `now`; that rotation's key stays
 */
export function rotateHeartbeat(
  deps: ChangeHeartbeatDeps & { readonly makeSecret: MakeSecret; readonly sha256: Sha256 },
  id: string,
  now: number,
): Promise<WithPulse & { readonly key: string }> {
  return retryOnConflict(async () => {
    const known = await readHeartbeat(deps, id);
    await authorizeHeartbeat(deps, known.heartbeat);
    const { rotatedAt } = known.heartbeat;
    if (rotatedAt !== null && rotatedAt >= now) throw new AlreadyCreated(id);
    const key = deps.makeSecret();
    const keyDigest = deps.sha256(key);
    const rotated = await deps.heartbeats.rotate(known, {
      heartbeat: {
        ...known.heartbeat,
        keyPrefix: key.slice(0, heartbeatKeyPrefixLength),
        keyDigest,
        rotatedAt: now,
      },
      pulse: { ...known.pulse, keyDigest },
    });
    return { ...rotated, key };
  });
}
