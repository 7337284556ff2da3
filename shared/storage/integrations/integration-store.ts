import * as z from "zod";
import { type Integration, shownSettings } from "../../domain/integrations/integration.ts";
import type { IntegrationStore } from "../../use-cases/ports/integrations.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Table } from "../table.ts";

const integrationSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  service: z.string(),
  settings: jsonText(z.record(z.string(), z.unknown())),
  keyDigest: z.string(),
  createdAt: z.number(),
  rotatedAt: z.number().nullable(),
  version: z.number(),
});

export const integrationEntity = entity<Integration>({
  name: "integration",
  schema: integrationSchema,
  key: ({ id }) => keys.integration(id),
  indexes: () => ({ gsi1: partitions.integrations }),
  sort: ({ id }) => id,
});

/** Copy of the record under the key's digest, so that an event takes one read, which is cached. */
export const integrationDigestEntity = entity<Integration>({
  name: "integration digest",
  schema: integrationSchema,
  key: ({ keyDigest }) => keys.integrationDigest(keyDigest),
});

export const auditedIntegration = audited(
  integrationEntity,
  "integration",
  ({ id }) => id,
  ({ keyDigest, version, settings, ...shown }) => ({ ...shown, settings: shownSettings(settings) }),
);

export function integrationStore(table: Table): IntegrationStore {
  const label = ({ id }: Integration) => `The integration ${id}`;
  const integrations = entityStore(table, integrationEntity, { label });
  const digests = entityStore(table, integrationDigestEntity, { label });
  return {
    create: (integration) =>
      createOnce(
        integration.id,
        integrations.create(integration, [
          { item: integrationDigestEntity.toItem(integration), condition: { absent: true } },
        ]),
      ),
    find: (id) => integrations.find(keys.integration(id)),
    findByDigest: (digest) => digests.find(keys.integrationDigest(digest)),
    list: (page) => integrations.list({ index: "gsi1", pk: partitions.integrations }, page),
    rotate: (known, changed) =>
      integrations.replace(known, changed, (next) => [
        { item: integrationDigestEntity.toItem(next) },
        { remove: keys.integrationDigest(known.keyDigest) },
      ]),
    update: (known, changed) =>
      integrations.replace(known, changed, (next) => [{ item: integrationDigestEntity.toItem(next) }]),
    remove: (known) => integrations.remove(known, [{ remove: keys.integrationDigest(known.keyDigest) }]),
  };
}
