import * as z from "zod";
import { StaleVersion } from "../../domain/errors.ts";
import type { IntegrationActivity, IntegrationError } from "../../domain/integrations/integration.ts";
import { limits } from "../../domain/limits.ts";
import type { IntegrationActivityStore } from "../../use-cases/ports/integrations.ts";
import { entity } from "../entity.ts";
import { keys, partitions } from "../keys.ts";
import { ConditionFailed, type Table } from "../table.ts";

type Versioned = IntegrationActivity & { readonly version: number };

export const activityEntity = entity<Versioned>({
  name: "integration activity",
  schema: z.object({
    integrationId: z.string(),
    events: z.number(),
    errors: z.number(),
    lastEventAt: z.number().nullable(),
    version: z.number(),
  }),
  key: ({ integrationId }) => keys.integrationActivity(integrationId),
});

export const integrationErrorEntity = entity<IntegrationError>({
  name: "integration error",
  schema: z.object({
    id: z.string(),
    integrationId: z.string(),
    at: z.number(),
    status: z.number().nullable(),
    message: z.string(),
    excerpt: z.string(),
  }),
  key: ({ integrationId, id }) => keys.integrationError(integrationId, id),
  expiresAt: ({ at }) => Math.floor(at / 1_000) + limits.integrationErrorSeconds,
});

export function integrationActivityStore(table: Table): IntegrationActivityStore {
  return {
    async add({ integrationId, events, errors, lastEventAt }) {
      const item = await table.get(keys.integrationActivity(integrationId));
      const known = item && activityEntity.parse(item);
      const sum = {
        integrationId,
        events: events + (known?.events ?? 0),
        errors: errors + (known?.errors ?? 0),
        lastEventAt: Math.max(lastEventAt ?? 0, known?.lastEventAt ?? 0) || null,
        version: 1 + (known?.version ?? 0),
      };
      try {
        await table.put({
          item: activityEntity.toItem(sum),
          condition: known ? { equals: { version: known.version } } : { absent: true },
        });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        throw new StaleVersion(`Events of ${integrationId} were counted in the meantime`);
      }
    },
    async of(ids) {
      const items = await table.getAll(ids.map(keys.integrationActivity));
      return new Map(
        items.map((item) => activityEntity.parse(item)).map((each) => [each.integrationId, each]),
      );
    },
    forget: (id) => table.remove(keys.integrationActivity(id)),
    appendError: (error) => table.put({ item: integrationErrorEntity.toItem(error) }),
    async latestErrors(id) {
      const pk = partitions.errorsOfIntegration(id);
      const items = await table.query({ pk, newestFirst: true, limit: limits.integrationErrors });
      return items.map((item) => integrationErrorEntity.parse(item));
    },
  };
}
