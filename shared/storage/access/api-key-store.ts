import * as z from "zod";
import { type ApiKey, type ApiKeyUse, keyScopes } from "../../domain/access/api-key.ts";
import { ignoreStale } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { ApiKeyStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Table } from "../table.ts";
import { guardedBy } from "./administrator-guard-store.ts";

const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  teams: z.array(z.string()).nullable().default(null),
  breakGlass: z.boolean().default(false),
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

/** Stored separately from the key, so that functions that record its use cannot change its scopes. */
export const apiKeyUseEntity = entity<ApiKeyUse>({
  name: "api key use",
  schema: z.object({
    keyId: z.string(),
    at: z.number(),
    breakGlass: z.string().nullable().default(null),
  }),
  key: ({ keyId }) => keys.apiKeyUse(keyId),
  indexes: ({ breakGlass }) => ({ gsi6: breakGlass === null ? undefined : partitions.breakGlassUses }),
  sort: ({ keyId }) => keyId,
});

export const auditedApiKey = audited(
  apiKeyEntity,
  "key",
  ({ id }) => id,
  ({ keyDigest, version, validUntil, ...shown }) => ({ ...shown, expiresAt: validUntil }),
);

export function apiKeyStore(table: Table): ApiKeyStore {
  const apiKeys = entityStore(table, apiKeyEntity, { label: ({ id }) => `The key ${id}` });
  const digests = entityStore(table, apiKeyDigestEntity, { label: ({ id }) => `The key ${id}` });
  const uses = entityStore(table, apiKeyUseEntity, {
    label: ({ keyId }) => `The use of ${keyId}`,
    revision: ({ at }) => ({ at }),
  });
  return {
    create: (key) =>
      createOnce(
        key.id,
        apiKeys.create(key, [{ item: apiKeyDigestEntity.toItem(key), condition: { absent: true } }]),
      ),
    find: (id) => apiKeys.find(keys.apiKey(id)),
    findByDigest: (digest) => digests.find(keys.apiKeyDigest(digest)),
    list: (page) => apiKeys.list({ index: "gsi1", pk: partitions.apiKeys }, page),
    replace(known, changed, guard) {
      const moved = changed.keyDigest !== known.keyDigest;
      return apiKeys.replace(known, changed, (next) => [
        { item: apiKeyDigestEntity.toItem(next) },
        ...(moved ? [{ remove: keys.apiKeyDigest(known.keyDigest) }] : []),
        ...guardedBy(guard),
      ]);
    },
    async lastUses(ids) {
      const found = await uses.findAll(ids.map(keys.apiKeyUse));
      return new Map(found.map(({ keyId, at }) => [keyId, at]));
    },
    async recordUse({ id, name, breakGlass }, at, unlessSince) {
      const known = await uses.find(keys.apiKeyUse(id));
      if (known && known.at > unlessSince) return;
      const use = { keyId: id, at, breakGlass: breakGlass ? name : null };
      // A concurrent request has recorded the use.
      await uses.replace(known, use).catch(ignoreStale);
    },
    async usesToAnnounce() {
      const source = { index: "gsi6", pk: partitions.breakGlassUses } as const;
      return (await uses.list(source, { limit: limits.pageSize, after: null })).items;
    },
    announced: async (use) => void (await uses.replace(use, { ...use, breakGlass: null }).catch(ignoreStale)),
  };
}
