import * as z from "zod";
import type { UsedTokenStore } from "../../use-cases/ports/access.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import { ConditionFailed, type Table } from "../table.ts";

export const usedTokenEntity = entity<{ readonly digest: string; readonly until: number }>({
  name: "used token",
  schema: z.object({ digest: z.string(), until: z.number() }),
  key: ({ digest }) => keys.usedToken(digest),
  expiresAt: ({ until }) => expiryAfter(until, 0),
});

/** Costs one write unit per token. */
export function usedTokenStore(table: Table): UsedTokenStore {
  return {
    isUsed: async (digest) => (await table.get(keys.usedToken(digest))) !== undefined,
    async use(digest, until) {
      try {
        await table.put({ item: usedTokenEntity.toItem({ digest, until }), condition: { absent: true } });
        return true;
      } catch (error) {
        if (error instanceof ConditionFailed) return false;
        throw error;
      }
    },
  };
}
