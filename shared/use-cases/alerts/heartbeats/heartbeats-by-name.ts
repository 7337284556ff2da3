/** Looks up heartbeat monitors by service and name, for clients that do not know their keys. */

import { heartbeatState } from "../../../domain/alerts/heartbeat.ts";
import type { Sha256 } from "../../../domain/hash-chain.ts";
import { limits } from "../../../domain/limits.ts";
import type { DowntimeStore, WithPulse } from "../../ports/alerts.ts";
import type { HeartbeatPings } from "../../ports/integration-context.ts";
import type { Page } from "../../ports/page.ts";
import type { SendNoticesDeps } from "./heartbeat-deps.ts";
import { recordPingByDigest } from "./record-ping.ts";

/** Lifetime of the name cache. */
const rememberedSeconds = 3_600;

interface MemoryEntry {
  remember(name: string, text: string, forSeconds: number): Promise<void>;
  recall(name: string): Promise<string | undefined>;
}

/** Compares names case-insensitively. */
export function heartbeatsByName(
  deps: SendNoticesDeps & { readonly downtime: Pick<DowntimeStore, "load">; readonly sha256: Sha256 },
  { remember, recall }: MemoryEntry,
  service: string,
  now: number,
): HeartbeatPings {
  async function list(): Promise<readonly WithPulse[]> {
    const all: WithPulse[] = [];
    for (let after: string | null = null, seen = 0; seen < limits.candidatesPerPage; ) {
      const page: Page<WithPulse> = await deps.heartbeats.list({ limit: limits.pageSize, after });
      all.push(...page.items.filter(({ heartbeat }) => heartbeat.service === service));
      seen += page.items.length;
      if (page.next === null) break;
      after = page.next;
    }
    return all;
  }

  return {
    async list() {
      const [all, { gaps }] = await Promise.all([list(), deps.downtime.load()]);
      return all.map(({ heartbeat, pulse }) => ({
        heartbeat,
        state: heartbeatState(pulse, gaps, now).state,
        lastBeatAt: pulse.lastBeatAt,
      }));
    },
    async ping(name) {
      const wanted = name.toLowerCase();
      // Names can be longer than a key of the table.
      const memory = `heartbeat:${deps.sha256(wanted)}`;
      const isWanted = ({ heartbeat }: WithPulse) =>
        heartbeat.service === service && heartbeat.name.toLowerCase() === wanted;
      const id = await recall(memory);
      const known = id === undefined ? undefined : await deps.heartbeats.find(id);
      // The monitor may have been renamed since.
      if (known && isWanted(known)) return recordPingByDigest(deps, known.heartbeat.keyDigest, now);
      const found = (await list()).find(isWanted);
      if (!found) return false;
      await remember(memory, found.heartbeat.id, rememberedSeconds);
      return recordPingByDigest(deps, found.heartbeat.keyDigest, now);
    },
  };
}
