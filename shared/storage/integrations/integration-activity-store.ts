import * as z from "zod";
import type { IntegrationActivity, IntegrationError } from "../../domain/integrations/integration.ts";
import { limits } from "../../domain/limits.ts";
import type { IntegrationActivityStore } from "../../use-cases/ports/integrations.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Table } from "../table.ts";

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
  const activities = entityStore(table, activityEntity, {
    label: ({ integrationId }) => `The activity of ${integrationId}`,
  });
  return {
    async add({ integrationId, events, errors, lastEventAt }) {
      const known = await activities.find(keys.integrationActivity(integrationId));
      await activities.replace(known, {
        integrationId,
        events: events + (known?.events ?? 0),
        errors: errors + (known?.errors ?? 0),
        lastEventAt: Math.max(lastEventAt ?? 0, known?.lastEventAt ?? 0) || null,
        version: 0,
      });
    },
    async of(ids) {
      const found = await activities.findAll(ids.map(keys.integrationActivity));
      return new Map(found.map((each) => [each.integrationId, each]));
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
