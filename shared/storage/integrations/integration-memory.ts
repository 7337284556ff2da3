import * as z from "zod";
import type { IntegrationMemory, MemoryEntry } from "../../use-cases/ports/integrations.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

export const memoryEntity = entity<MemoryEntry>({
  name: "integration memory",
  schema: z.object({ integrationId: z.string(), name: z.string(), text: z.string(), until: z.number() }),
  key: ({ integrationId, name }) => keys.integrationMemory(integrationId, name),
  expiresAt: ({ until }) => Math.ceil(until / 1_000),
});

export function integrationMemory(table: Table): IntegrationMemory {
  return {
    remember: (entry) => table.put({ item: memoryEntity.toItem(entry) }),
    async recall(integrationId, name) {
      const item = await table.get(keys.integrationMemory(integrationId, name));
      return item && memoryEntity.parse(item).text;
    },
  };
}
