import * as z from "zod";
import type { Heartbeat, Pulse } from "../../domain/alerts/heartbeat.ts";
import { StaleVersion } from "../../domain/errors.ts";
import { severities } from "../../domain/severity.ts";
import type { HeartbeatStore, WithPulse } from "../../use-cases/ports/alerts.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { readEarliestFirst } from "../earliest-first.ts";
import { entity } from "../entity.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import { readPage } from "../listing.ts";
import { ConditionFailed, type Put, type Table } from "../table.ts";

export const heartbeatEntity = entity<Heartbeat>({
  name: "heartbeat",
  schema: z.object({
    id: z.string(),
    name: z.string(),
    service: z.string(),
    team: z.string().nullable(),
    severity: z.enum(severities),
    intervalSeconds: z.number(),
    graceSeconds: z.number(),
    keyPrefix: z.string(),
    keyDigest: z.string(),
    createdAt: z.number(),
    version: z.number(),
  }),
  key: ({ id }) => keys.heartbeat(id),
  indexes: () => ({ gsi1: partitions.heartbeats }),
  sort: ({ id }) => id,
});

export const auditedHeartbeat = audited(
  heartbeatEntity,
  "heartbeat",
  ({ id }) => id,
  ({ keyDigest, version, ...shown }) => shown,
);

/** Stored under the key's digest, so that a ping takes one read and one write of a small item. */
export const pulseEntity = entity<Pulse>({
  name: "pulse",
  schema: z.object({
    heartbeatId: z.string(),
    keyDigest: z.string(),
    timeoutSeconds: z.number(),
    graceSeconds: z.number(),
    lastBeatAt: z.number().nullable(),
    missingSince: z.number().nullable(),
    notices: z.array(z.object({ action: z.enum(["trigger", "resolve"]), at: z.number() })),
    wakeAt: z.number().nullable(),
    version: z.number(),
  }),
  key: ({ keyDigest }) => keys.pulse(keyDigest),
  indexes: ({ wakeAt }) => ({ gsi6: wakeAt === null ? undefined : partitions.heartbeatsToWatch }),
  sort: ({ wakeAt, heartbeatId }) => timeKey(wakeAt ?? 0, heartbeatId),
  upgrades: [
    (item) => ({ graceSeconds: 0, ...item }),
    ({ patienceSeconds, ...item }) => ({ ...item, timeoutSeconds: patienceSeconds }),
  ],
});

export function heartbeatStore(table: Table): HeartbeatStore {
  const withPulses = async (heartbeats: readonly Heartbeat[]): Promise<WithPulse[]> => {
    const items = await table.getAll(heartbeats.map(({ keyDigest }) => keys.pulse(keyDigest)));
    const pulses = new Map(items.map(pulseEntity.parse).map((pulse) => [pulse.heartbeatId, pulse]));
    return heartbeats.flatMap((heartbeat) => {
      const pulse = pulses.get(heartbeat.id);
      return pulse ? [{ heartbeat, pulse }] : [];
    });
  };

  const guarded = async (write: () => Promise<void>) => {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      throw new StaleVersion("The heartbeat was changed in the meantime");
    }
  };

  const pulsePut = (pulse: Pulse, next: Pulse): Put => ({
    item: pulseEntity.toItem(next),
    condition: { equals: { version: pulse.version } },
  });

  return {
    create: ({ heartbeat, pulse }) =>
      createOnce(
        heartbeat.id,
        table.transact([
          { item: heartbeatEntity.toItem(heartbeat), condition: { absent: true } },
          { item: pulseEntity.toItem(pulse), condition: { absent: true } },
        ]),
      ),

    async find(id) {
      const item = await table.get(keys.heartbeat(id));
      return item && (await withPulses([heartbeatEntity.parse(item)]))[0];
    },

    async list(page) {
      const source = { entity: heartbeatEntity, index: "gsi1" as const, pk: partitions.heartbeats };
      const { items, next } = await readPage(table, source, page);
      return { items: await withPulses(items), next };
    },

    async save({ heartbeat, pulse }) {
      const next = {
        heartbeat: { ...heartbeat, version: heartbeat.version + 1 },
        pulse: { ...pulse, version: pulse.version + 1 },
      };
      const { version } = heartbeat;
      const put = { item: heartbeatEntity.toItem(next.heartbeat), condition: { equals: { version } } };
      await guarded(() => table.transact([put, pulsePut(pulse, next.pulse)]));
      return next;
    },

    remove: ({ heartbeat: { id, keyDigest, version }, pulse }) =>
      guarded(() =>
        table.transact([
          { remove: keys.heartbeat(id), condition: { equals: { version } } },
          { remove: keys.pulse(keyDigest), condition: { equals: { version: pulse.version } } },
        ]),
      ),

    async findPulse(digest) {
      const item = await table.get(keys.pulse(digest));
      return item && pulseEntity.parse(item);
    },

    async savePulse(pulse) {
      const next = { ...pulse, version: pulse.version + 1 };
      await guarded(() => table.put(pulsePut(pulse, next)));
      return next;
    },

    async due(at, after) {
      const waiting = {
        index: "gsi6",
        pk: partitions.heartbeatsToWatch,
        before: timeKey(at + 1, ""),
      } as const;
      const { items, next } = await readEarliestFirst(table, { entity: pulseEntity, ...waiting }, after);
      // The index is eventually consistent, so the item is checked again.
      return { items: items.filter(({ wakeAt }) => wakeAt !== null && wakeAt <= at), next };
    },
  };
}
