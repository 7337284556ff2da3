import * as z from "zod";
import { newService, type Service } from "../../domain/oncall/service.ts";
import { urgencySchema } from "../../messages/wire/urgency.ts";
import type { ServiceStore } from "../../use-cases/ports/oncall.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import type { Table } from "../table.ts";
import { serviceSettings } from "./service-settings.ts";

export const serviceEntity = entity<Service>({
  name: "service",
  schema: z.object({
    name: z.string(),
    team: z.string(),
    ...serviceSettings,
    acknowledgementTimeoutSeconds: z.number().nullable(),
    runbookUrl: z.string().nullable(),
    links: z.array(z.object({ text: z.string(), href: z.string() })),
    description: z.string().nullable(),
    urgency: urgencySchema,
    updatedAt: z.number(),
  }),
  key: ({ name }) => keys.service(name),
  indexes: () => ({ gsi1: partitions.services }),
  sort: ({ updatedAt, name }) => timeKey(updatedAt, name),
  upgrades: [(item) => ({ ...newService, ...item })],
});

export const auditedService = audited(
  serviceEntity,
  "service",
  ({ name }) => name,
  (service) => service,
);

export function serviceStore(table: Table): ServiceStore {
  const services = entityStore(table, serviceEntity, {
    label: ({ name }) => name,
    revision: ({ updatedAt }) => ({ updatedAt }),
  });
  return {
    find: (name) => services.find(keys.service(name)),
    put: async (service, known) => void (await services.replace(known, service)),
    remove: (service) => services.remove(service),
    list: (page) => services.list({ index: "gsi1", pk: partitions.services }, page),
  };
}
