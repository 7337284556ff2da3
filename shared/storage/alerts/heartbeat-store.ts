import * as z from "zod";
import type { Heartbeat, Pulse } from "../../domain/alerts/heartbeat.ts";
import { severities } from "../../domain/severity.ts";
import { storedAs } from "../../messages/wire/stored-as.ts";
import type { HeartbeatStore, WithPulse } from "../../use-cases/ports/alerts.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import { readDue } from "../read-due.ts";
import type { Table } from "../table.ts";

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
    paused: z.boolean().default(false),
    keyPrefix: z.string(),
    keyDigest: z.string(),
    createdAt: z.number(),
    rotatedAt: z.number().nullable().default(null),
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
  schema: storedAs(
    z.object({
      heartbeatId: z.string(),
      keyDigest: z.string(),
      timeoutSeconds: z.number(),
      graceSeconds: z.number(),
      paused: z.boolean().default(false),
      resumedAt: z.number().nullable().default(null),
      lastBeatAt: z.number().nullable(),
      missingSince: z.number().nullable(),
      notices: z.array(z.object({ action: z.enum(["trigger", "resolve"]), at: z.number() })),
      wakeAt: z.number().nullable(),
      version: z.number(),
    }),
    { patienceSeconds: "timeoutSeconds" },
  ),
  key: ({ keyDigest }) => keys.pulse(keyDigest),
  indexes: ({ wakeAt }) => ({ gsi6: wakeAt === null ? undefined : partitions.heartbeatsToWatch }),
  sort: ({ wakeAt, heartbeatId }) => timeKey(wakeAt ?? 0, heartbeatId),
  upgrades: [(item) => ({ graceSeconds: 0, ...item })],
});

export function heartbeatStore(table: Table): HeartbeatStore {
  const label = () => "The heartbeat";
  const heartbeats = entityStore(table, heartbeatEntity, { label });
  const pulses = entityStore(table, pulseEntity, { label });

  const withPulses = async (found: readonly Heartbeat[]): Promise<WithPulse[]> => {
    const all = await pulses.findAll(found.map(({ keyDigest }) => keys.pulse(keyDigest)));
    const byHeartbeat = new Map(all.map((pulse) => [pulse.heartbeatId, pulse]));
    const pairs = found.map(async (heartbeat) => {
      const pulse = byHeartbeat.get(heartbeat.id);
      return pulse ? { heartbeat, pulse } : rotatedPair(heartbeat);
    });
    return (await Promise.all(pairs)).filter((pair) => pair !== undefined);
  };

  /** Reads a monitor again whose key was rotated between its two reads. */
  const rotatedPair = async ({ id }: Heartbeat): Promise<WithPulse | undefined> => {
    const heartbeat = await heartbeats.find(keys.heartbeat(id));
    const pulse = heartbeat && (await pulses.find(keys.pulse(heartbeat.keyDigest)));
    return pulse && { heartbeat, pulse };
  };

  return {
    create: ({ heartbeat, pulse }) =>
      createOnce(
        heartbeat.id,
        heartbeats.create(heartbeat, [{ item: pulseEntity.toItem(pulse), condition: { absent: true } }]),
      ),

    async find(id) {
      const heartbeat = await heartbeats.find(keys.heartbeat(id));
      return heartbeat && (await withPulses([heartbeat]))[0];
    },

    async list(page) {
      const { items, next } = await heartbeats.list({ index: "gsi1", pk: partitions.heartbeats }, page);
      return { items: await withPulses(items), next };
    },

    async save({ heartbeat, pulse }) {
      const { saved, write } = pulses.replacement(pulse, pulse);
      return { heartbeat: await heartbeats.replace(heartbeat, heartbeat, () => [write]), pulse: saved };
    },

    async rotate(known, changed) {
      const heartbeat = await heartbeats.replace(known.heartbeat, changed.heartbeat, () => [
        pulses.removal(known.pulse),
        { item: pulseEntity.toItem(changed.pulse), condition: { absent: true } },
      ]);
      return { heartbeat, pulse: changed.pulse };
    },

    remove: ({ heartbeat, pulse }) => heartbeats.remove(heartbeat, [pulses.removal(pulse)]),

    findPulse: (digest) => pulses.find(keys.pulse(digest)),
    savePulse: (pulse) => pulses.replace(pulse, pulse),

    due: (at, after) =>
      readDue(
        table,
        { entity: pulseEntity, pk: partitions.heartbeatsToWatch, at, dueAt: ({ wakeAt }) => wakeAt },
        after,
      ),
  };
}
