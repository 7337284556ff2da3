import * as z from "zod";
import { ofDeletedUser, type Reachability } from "../../domain/access/reachability.ts";
import type { ReachabilityStore } from "../../use-cases/ports/access.ts";
import { orStale } from "../conditional-write.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

export const reachabilityEntity = entity<Reachability>({
  name: "reachability",
  schema: z.object({
    email: z.string(),
    codes: z.array(
      z.object({
        methodId: z.string(),
        digest: z.string(),
        notificationId: z.string(),
        sentAt: z.number(),
        expiresAt: z.number(),
        failures: z.number(),
      }),
    ),
    codesSentAt: z.array(z.number()),
    answeredAt: z.number().nullable(),
    version: z.number().default(0),
  }),
  key: ({ email }) => keys.reachability(email),
});

const hourSeconds = 3_600;

const unknown = { codes: [], codesSentAt: [], answeredAt: null, version: 0 };

export function reachabilityStore(table: Table): ReachabilityStore {
  const store = entityStore(table, reachabilityEntity, {
    label: ({ email }) => `The reachability of ${email}`,
    startsMissing: true,
  });
  return {
    load: async (email) => (await store.find(keys.reachability(email))) ?? { ...unknown, email },
    loadAll: (emails) => store.findAll([...new Set(emails)].map(keys.reachability)),
    save: async (next, known) => void (await store.replace(known, next)),
    remove: async (email) => table.remove(keys.reachability(email)),
    async endOf(email, now) {
      const known = (await store.find(keys.reachability(email))) ?? { ...unknown, email };
      const limited = ofDeletedUser(known, now);
      const last = limited.codesSentAt.at(-1);
      if (last === undefined) return store.remove(known);
      // Without a version, an expired item is not in the way of the next one.
      const { version, ...item } = reachabilityEntity.toItem(limited);
      const { remove, ...unchanged } = store.removal(known);
      const left = { ...item, expiresAt: expiryAfter(last, hourSeconds) };
      await orStale(`The reachability of ${email}`, table.put({ item: left, ...unchanged }));
    },
  };
}
