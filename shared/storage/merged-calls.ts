import type { Item, Key, Table } from "./table.ts";

/**
 * Returns the table with fewer requests: batches that are written in one turn of the event loop share a request, and
 * single reads join a batch that is read in the same turn.
 *
 * @param scope returns the request or invocation of a caller; only calls of one share its time limit
 */
export function mergedCalls(table: Table, scope: () => unknown): Table {
  const write = mergedPerTurn(scope, (batches: readonly (readonly Item[])[]) =>
    table.putAll(distinct(batches.flat())),
  );
  const read = mergedPerTurn(scope, async (reads: readonly Read[]) => {
    const keys = distinct(reads.flatMap((each) => each.keys));
    // A function may be permitted to read single items only.
    const items = reads.some(({ batch }) => batch)
      ? await table.getAll(keys)
      : await Promise.all(keys.map((key) => table.get(key)));
    return new Map(items.flatMap((item) => (item ? [[nameOf(item), item]] : [])));
  });
  return {
    ...table,
    async putAll(items) {
      if (items.length > 0) await write(items);
    },
    async get(key, options) {
      if (options?.stale) return table.get(key, options);
      return (await read({ keys: [key], batch: false })).get(nameOf(key));
    },
    async getAll(keys, options) {
      if (options?.stale || keys.length === 0) return table.getAll(keys, options);
      const found = await read({ keys, batch: true });
      return keys.flatMap((key) => found.get(nameOf(key)) ?? []);
    },
  };
}

interface Read {
  readonly keys: readonly Key[];
  readonly batch: boolean;
}

/** Runs the calls of one scope together at the end of the turn. They share the result. */
function mergedPerTurn<T, R>(
  scope: () => unknown,
  run: (calls: readonly T[]) => Promise<R>,
): (call: T) => Promise<R> {
  const waiting = new Map<unknown, { readonly calls: T[]; readonly result: Promise<R> }>();
  return (call) => {
    const owner = scope();
    const known = waiting.get(owner);
    if (known) {
      known.calls.push(call);
      return known.result;
    }
    const calls = [call];
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      waiting.delete(owner);
      return run(calls);
    });
    waiting.set(owner, { calls, result });
    return result;
  };
}

/** A batch may contain a key once; the last item counts. */
function distinct<K extends Key>(keyed: readonly K[]): K[] {
  return [...new Map(keyed.map((each) => [nameOf(each), each])).values()];
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
