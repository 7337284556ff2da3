import * as z from "zod";
import type { AdministratorGuard, AdministratorGuardStore } from "../../use-cases/ports/access.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import type { Put, Table } from "../table.ts";

export const administratorGuardEntity = entity<AdministratorGuard>({
  name: "administrator guard",
  schema: z.object({ version: z.number() }),
  key: () => keys.administratorGuard(),
});

export function administratorGuardStore(table: Table): AdministratorGuardStore {
  const guards = entityStore(table, administratorGuardEntity, { label: () => "The administrators" });
  return { load: async () => (await guards.find(keys.administratorGuard())) ?? { version: 0 } };
}

/** Returns what a transaction writes so that it fails if another one used the same guard. */
export function guardedBy(guard: AdministratorGuard | undefined): Put[] {
  if (!guard) return [];
  const version = guard.version === 0 ? undefined : guard.version;
  const item = administratorGuardEntity.toItem({ version: guard.version + 1 });
  return [{ item, condition: { equals: { version } } }];
}
