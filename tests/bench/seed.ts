import type { Incident } from "../../shared/domain/incidents/incident.ts";
import { incidentEntity } from "../../shared/storage/incidents/incident-store.ts";
import type { Put, Table } from "../../shared/storage/table.ts";

/** Limit of a transaction. */
const itemsAtOnce = 100;

/** Writes incidents, a hundred per transaction, which is fastest in the emulator. */
export async function seedIncidents(table: Table, incidents: Iterable<Incident>): Promise<void> {
  let puts: Put[] = [];
  const flush = async () => {
    if (puts.length > 0) await table.transact(puts);
    puts = [];
  };
  for (const incident of incidents) {
    puts.push({ item: incidentEntity.toItem(incident) });
    if (puts.length === itemsAtOnce) await flush();
  }
  await flush();
}
