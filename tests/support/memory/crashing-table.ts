import type { Table } from "../../../shared/storage/table.ts";

/** A table whose process crashes: once `writes.left` is 0, each write fails before it takes effect. */
export function crashingTable(table: Table) {
  const writes = { left: Number.POSITIVE_INFINITY };
  const write = async (put: () => Promise<void>) => {
    if (writes.left === 0) throw new Error("The process crashed");
    writes.left -= 1;
    await put();
  };
  const crashing: Table = {
    ...table,
    put: (put) => write(() => table.put(put)),
    remove: (key, condition) => write(() => table.remove(key, condition)),
    transact: (items) => write(() => table.transact(items)),
  };
  return { table: crashing, writes };
}
