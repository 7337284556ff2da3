import * as z from "zod";
import { limits } from "../domain/limits.ts";
import type { IdempotencyStore, RepeatableRequest } from "../use-cases/ports/idempotency.ts";
import { entity } from "./entity.ts";
import { keys } from "./keys.ts";
import { expiryAfter } from "./retention.ts";
import { ConditionFailed, type Table } from "./table.ts";

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
    reply: z.object({ status: z.number(), body: z.string(), location: z.string().nullable() }).nullable(),
  }),
  key: ({ key }) => keys.idempotency(key),
  expiresAt: ({ startedAt }) => expiryAfter(startedAt, limits.idempotencySeconds),
});

export function idempotencyStore(table: Table): IdempotencyStore {
  return {
    async begin(key, request) {
      const item = requestEntity.toItem({ ...request, key });
      const known = await table.get(keys.idempotency(key));
      if (known) return requestEntity.parse(known);
      try {
        await table.put({ item, condition: { absent: true } });
        return request;
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
      const theirs = await table.get(keys.idempotency(key));
      if (theirs) return requestEntity.parse(theirs);
      // An expired item that is not deleted yet is in the way.
      await table.put({ item });
      return request;
    },
    finish: (key, request) => table.put({ item: requestEntity.toItem({ ...request, key }) }),
  };
}
