import * as z from "zod";
import { StaleVersion } from "../../domain/errors.ts";
import { type Integration, shownSettings } from "../../domain/integrations/integration.ts";
import type { IntegrationStore } from "../../use-cases/ports/integrations.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { entity, jsonText } from "../entity.ts";
import { keys, partitions } from "../keys.ts";
import { readPage } from "../listing.ts";
import { ConditionFailed, type Table } from "../table.ts";

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
  const orStale = async (id: string, write: Promise<void>): Promise<void> => {
    try {
      await write;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      throw new StaleVersion(`The integration ${id} was changed in the meantime`);
    }
  };
  return {
    create: (integration) =>
      createOnce(
        integration.id,
        table.transact([
          { item: integrationEntity.toItem(integration), condition: { absent: true } },
          { item: integrationDigestEntity.toItem(integration), condition: { absent: true } },
        ]),
      ),
    async find(id) {
      const item = await table.get(keys.integration(id));
      return item && integrationEntity.parse(item);
    },
    async findByDigest(digest) {
      const item = await table.get(keys.integrationDigest(digest));
      return item && integrationDigestEntity.parse(item);
    },
    list: (page) =>
      readPage(table, { entity: integrationEntity, index: "gsi1", pk: partitions.integrations }, page),
    async rotate(known, changed) {
      const next = { ...changed, version: known.version + 1 };
      await orStale(
        known.id,
        table.transact([
          { item: integrationEntity.toItem(next), condition: { equals: { version: known.version } } },
          { item: integrationDigestEntity.toItem(next) },
          { remove: keys.integrationDigest(known.keyDigest) },
        ]),
      );
      return next;
    },
    remove: (known) =>
      orStale(
        known.id,
        table.transact([
          { remove: keys.integration(known.id), condition: { equals: { version: known.version } } },
          { remove: keys.integrationDigest(known.keyDigest) },
        ]),
      ),
  };
}
