import * as z from "zod";
import { AlreadyExists, ignoreStale } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import type { IdempotencyStore, RepeatableRequest } from "../use-cases/ports/idempotency.ts";
import { entity } from "./entity.ts";
import { entityStore } from "./entity-store.ts";
import { keys } from "./keys.ts";
import { expiryAfter } from "./retention.ts";
import type { Table } from "./table.ts";

interface StoredRequest extends RepeatableRequest {
  readonly key: string;
}

export const requestEntity = entity<StoredRequest>({
  name: "idempotency",
  schema: z.object({
    key: z.string(),
    bodyDigest: z.string(),
    seed: z.string(),
    startedAt: z.number(),
    keptSeconds: z.number().optional(),
    reply: z.object({ status: z.number(), body: z.string(), location: z.string().nullable() }).nullable(),
  }),
  key: ({ key }) => keys.idempotency(key),
  expiresAt: ({ startedAt, keptSeconds = limits.idempotencySeconds }) => expiryAfter(startedAt, keptSeconds),
});

export function idempotencyStore(table: Table): IdempotencyStore {
  const requests = entityStore(table, requestEntity, {
    label: ({ key }) => `The request ${key}`,
    revision: ({ seed }) => ({ seed }),
  });
  return {
    async begin(key, request) {
      const known = await requests.find(keys.idempotency(key));
      if (known) return known;
      try {
        await requests.create({ ...request, key });
        return request;
      } catch (error) {
        if (!(error instanceof AlreadyExists)) throw error;
      }
      // Another request has just taken the key.
      return (await requests.find(keys.idempotency(key))) ?? request;
    },
    // Another request took the key after this one expired: its answer stays.
    finish: async (key, request) => {
      await requests.replace({ ...request, key }, { ...request, key }).catch(ignoreStale);
    },
  };
}
