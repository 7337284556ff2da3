import * as z from "zod";
import { StaleVersion } from "../domain/errors.ts";
import type { HeldAlert } from "../domain/held-alert.ts";
import { limits } from "../domain/limits.ts";
import { alertSchema } from "../messages/alert-accepted.ts";
import type { HeldAlertStore } from "../use-cases/ports.ts";
import { entity, jsonText } from "./entity.ts";
import { keys, partitions, timeKey } from "./keys.ts";
import { type Condition, ConditionFailed, type IndexEntry, type Table } from "./table.ts";

export const heldAlertEntity = entity<HeldAlert>({
  name: "held alert",
  schema: z.object({
    key: z.string(),
    alert: alertSchema.extend({ labels: jsonText(alertSchema.shape.labels) }),
    by: z.object({ kind: z.enum(["silence", "incident"]), id: z.string() }),
    dueAt: z.number(),
    version: z.number(),
  }),
  key: ({ key }) => keys.held(key),
  indexes: ({ by }) => ({
    gsi1: by.kind === "silence" ? partitions.heldBySilence(by.id) : undefined,
    gsi6: partitions.heldAlerts,
  }),
  sort: ({ dueAt, key }) => timeKey(dueAt, key),
});

export function heldAlertStore(table: Table): HeldAlertStore {
  const guarded = async (key: string, write: () => Promise<void>) => {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      throw new StaleVersion(`What is held back as ${key} was changed meanwhile`);
    }
  };

  const pageOf = async (entries: readonly IndexEntry[]) => ({
    items: (await table.getAll(entries)).map((item) => heldAlertEntity.parse(item)),
    next: entries.length === limits.pageSize ? (entries.at(-1)?.gsisk ?? null) : null,
  });

  /** The bound is inclusive; a space after the last one seen is the first text behind it. */
  const behind = (after: string | null) => (after === null ? {} : { from: `${after} ` });

  return {
    async find(key) {
      const item = await table.get(keys.held(key));
      return item && heldAlertEntity.parse(item);
    },

    async put(held) {
      const { key, version } = held;
      const next = { ...held, version: version + 1 };
      const condition: Condition = version === 0 ? { absent: true } : { equals: { version } };
      await guarded(key, () => table.put({ item: heldAlertEntity.toItem(next), condition }));
      return next;
    },

    remove: ({ key, version }) => guarded(key, () => table.remove(keys.held(key), { equals: { version } })),

    async due(at, after) {
      const entries = await table.queryIndex("gsi6", {
        pk: partitions.heldAlerts,
        ...behind(after),
        before: timeKey(at + 1, ""),
        newestFirst: false,
        limit: limits.pageSize,
      });
      const { items, next } = await pageOf(entries);
      return { items: items.filter(({ dueAt }) => dueAt <= at), next };
    },

    async heldBy(silenceId, after) {
      const entries = await table.queryIndex("gsi1", {
        pk: partitions.heldBySilence(silenceId),
        ...behind(after),
        newestFirst: false,
        limit: limits.pageSize,
      });
      return pageOf(entries);
    },
  };
}
