import * as z from "zod";
import { type ApiKey, keyScopes } from "../../domain/access/api-key.ts";
import { StaleVersion } from "../../domain/errors.ts";
import type { ApiKeyStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { entity } from "../entity.ts";
import { keys, partitions } from "../keys.ts";
import { readPage } from "../listing.ts";
import { ConditionFailed, type Table } from "../table.ts";

const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  keyPrefix: z.string(),
  keyDigest: z.string(),
  createdAt: z.number(),
  rotatedAt: z.number().nullable(),
  validUntil: z.number().nullable(),
  revokedAt: z.number().nullable(),
  version: z.number(),
}) satisfies z.ZodType<ApiKey>;

export const apiKeyEntity = entity<ApiKey>({
  name: "api key",
  schema: apiKeySchema,
  key: ({ id }) => keys.apiKey(id),
  indexes: () => ({ gsi1: partitions.apiKeys }),
  sort: ({ id }) => id,
});

/** Copy of the key's record under its digest, so that authentication takes one read. */
export const apiKeyDigestEntity = entity<ApiKey>({
  name: "api key digest",
  schema: apiKeySchema,
  key: ({ keyDigest }) => keys.apiKeyDigest(keyDigest),
});

interface ApiKeyUse {
  readonly keyId: string;
  readonly at: number;
}

/** Stored separately from the key, so that functions that record its use cannot change its scopes. */
export const apiKeyUseEntity = entity<ApiKeyUse>({
  name: "api key use",
  schema: z.object({ keyId: z.string(), at: z.number() }),
  key: ({ keyId }) => keys.apiKeyUse(keyId),
});

export const auditedApiKey = audited(
  apiKeyEntity,
  "key",
  ({ id }) => id,
  ({ keyDigest, version, validUntil, ...shown }) => ({ ...shown, expiresAt: validUntil }),
);

export function apiKeyStore(table: Table): ApiKeyStore {
  return {
    create: (key) =>
      createOnce(
        key.id,
        table.transact([
          { item: apiKeyEntity.toItem(key), condition: { absent: true } },
          { item: apiKeyDigestEntity.toItem(key), condition: { absent: true } },
        ]),
      ),
    async find(id) {
      const item = await table.get(keys.apiKey(id));
      return item && apiKeyEntity.parse(item);
    },
    async findByDigest(digest) {
      const item = await table.get(keys.apiKeyDigest(digest));
      return item && apiKeyDigestEntity.parse(item);
    },
    list: (page) => readPage(table, { entity: apiKeyEntity, index: "gsi1", pk: partitions.apiKeys }, page),
    async replace(known, changed) {
      const next = { ...changed, version: known.version + 1 };
      const moved = next.keyDigest !== known.keyDigest;
      try {
        await table.transact([
          { item: apiKeyEntity.toItem(next), condition: { equals: { version: known.version } } },
          { item: apiKeyDigestEntity.toItem(next) },
          ...(moved ? [{ remove: keys.apiKeyDigest(known.keyDigest) }] : []),
        ]);
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        throw new StaleVersion(`The key ${known.id} was changed in the meantime`);
      }
      return next;
    },
    async lastUses(ids) {
      const items = await table.getAll(ids.map(keys.apiKeyUse));
      return new Map(items.map((item) => apiKeyUseEntity.parse(item)).map(({ keyId, at }) => [keyId, at]));
    },
    async recordUse(id, at, unlessSince) {
      const known = await table.get(keys.apiKeyUse(id));
      if (known && apiKeyUseEntity.parse(known).at > unlessSince) return;
      const item = apiKeyUseEntity.toItem({ keyId: id, at });
      const condition = known
        ? { equals: { at: apiKeyUseEntity.parse(known).at } }
        : { absent: true as const };
      // A concurrent request has recorded the use.
      await table.put({ item, condition }).catch((error) => {
        if (!(error instanceof ConditionFailed)) throw error;
      });
    },
  };
}
