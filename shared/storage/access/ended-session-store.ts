import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import type { EndedSessionStore } from "../../use-cases/ports/access.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

export const endedSessionEntity = entity<{ readonly digest: string; readonly endedAt: number }>({
  name: "ended session",
  schema: z.object({ digest: z.string(), endedAt: z.number() }),
  key: ({ digest }) => keys.endedSession(digest),
  // No session lasts longer.
  expiresAt: ({ endedAt }) => expiryAfter(endedAt, limits.sessionSeconds),
});

/** Costs one write per sign-out, and one read per page of a signed-in user, usually of a missing item. */
export function endedSessionStore(table: Table): EndedSessionStore {
  return {
    end: (digest, now) => table.put({ item: endedSessionEntity.toItem({ digest, endedAt: now }) }),
    hasEnded: async (digest) => (await table.get(keys.endedSession(digest))) !== undefined,
  };
}
