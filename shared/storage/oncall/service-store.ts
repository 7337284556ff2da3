import * as z from "zod";
import type { Service } from "../../domain/oncall/service.ts";
import type { ServiceStore } from "../../use-cases/ports/oncall.ts";
import { audited } from "../audited-table.ts";
import { orStale } from "../conditional-write.ts";
import { entity } from "../entity.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import { readPage } from "../listing.ts";
import type { Table } from "../table.ts";
import { serviceSettings } from "./service-settings.ts";

export const serviceEntity = entity<Service>({
  name: "service",
  schema: z.object({
    name: z.string(),
    team: z.string(),
    ...serviceSettings,
    updatedAt: z.number(),
  }),
  key: ({ name }) => keys.service(name),
  indexes: () => ({ gsi1: partitions.services }),
  sort: ({ updatedAt, name }) => timeKey(updatedAt, name),
});

export const auditedService = audited(
  serviceEntity,
  "service",
  ({ name }) => name,
  (service) => service,
);

export function serviceStore(table: Table): ServiceStore {
  return {
    async find(name) {
      const item = await table.get(keys.service(name));
      return item && serviceEntity.parse(item);
    },
    async put(service, known) {
      const condition = known ? { equals: { updatedAt: known.updatedAt } } : { absent: true as const };
      await orStale(service.name, table.put({ item: serviceEntity.toItem(service), condition }));
    },
    list: (page) => readPage(table, { entity: serviceEntity, index: "gsi1", pk: partitions.services }, page),
  };
}
