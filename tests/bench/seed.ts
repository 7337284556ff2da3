import type { Incident } from "../../shared/domain/incidents/incident.ts";
import { incidentStore } from "../../shared/storage/incidents/incident-store.ts";
import type { Item, Table } from "../../shared/storage/table.ts";
import { memoryTable } from "../support/memory/memory-table.ts";

/** Limit of a transaction. */
const itemsAtOnce = 100;

/** Writes incidents like the store, a hundred per transaction, which is fastest in the emulator. */
export async function seedIncidents(table: Table, incidents: Iterable<Incident>): Promise<void> {
  let items: Item[] = [];
  const flush = async () => {
    if (items.length > 0) await table.transact(items.map((item) => ({ item })));
    items = [];
  };
  const store = incidentStore({
    ...memoryTable(Date.now),
    transact: async (writes) =>
      void items.push(
        ...writes.flatMap((write) => ("item" in write && write.item.sk === "INCIDENT" ? [write.item] : [])),
      ),
  });
  for (const incident of incidents) {
    await store.create(incident, null);
    if (items.length === itemsAtOnce) await flush();
  }
  await flush();
}
