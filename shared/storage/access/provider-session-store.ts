import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import type { ProviderSession, ProviderSessionStore } from "../../use-cases/ports/access.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

export const providerSessionEntity = entity<ProviderSession>({
  name: "provider session",
  schema: z.object({ name: z.string(), accountId: z.string(), idToken: z.string(), startedAt: z.number() }),
  key: ({ name }) => keys.providerSession(name),
  expiresAt: ({ startedAt }) => expiryAfter(startedAt, limits.sessionSeconds),
});

/** Costs a write per sign-in, usually of one or two units, and a read per sign-out. */
export function providerSessionStore(table: Table): ProviderSessionStore {
  return {
    put: (session) => table.put({ item: providerSessionEntity.toItem(session) }),
    async find(name) {
      const item = await table.get(keys.providerSession(name));
      return item && providerSessionEntity.parse(item);
    },
  };
}
