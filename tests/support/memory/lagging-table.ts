import type { Table } from "../../../shared/storage/table.ts";
import { type MemoryTable, memoryTable } from "./memory-table.ts";

/** A table whose indexes lag until they catch up, which DynamoDB allows. */
export function laggingTable(nowMs: () => number): Table & { catchUp(): Promise<void> } {
  const table: MemoryTable = memoryTable(nowMs);
  let indexed = memoryTable(nowMs);
  return {
    ...table,
    queryIndex: (index, range) => indexed.queryIndex(index, range),
    async catchUp() {
      indexed = memoryTable(nowMs);
      for (const item of table.all()) await indexed.put({ item });
    },
  };
}
