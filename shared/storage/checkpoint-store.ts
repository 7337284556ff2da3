import * as z from "zod";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

const part = z.object({ parts: z.number(), text: z.string() });

/** An item can have up to 400 KiB. */
const partLength = 350 * 1_024;

/** Read positions of consumers of the table: ASCII texts of up to about 4 MB. */
export type CheckpointStore = ReturnType<typeof checkpointStore>;

/** Costs one write unit per KiB, or two if it takes more than one item. */
export function checkpointStore(table: Table) {
  return {
    async load(source: string): Promise<string | undefined> {
      const item = await table.get(keys.checkpoint(source, 0));
      if (!item) return undefined;
      const first = part.parse(item);
      const others = Array.from({ length: first.parts - 1 }, (_, index) =>
        keys.checkpoint(source, index + 1),
      );
      const rest = (await table.getAll(others)).map((other) => part.parse(other).text);
      return first.text + rest.join("");
    },

    /**
     * Stores all parts or none. Unconditional: each consumer takes in everything by itself, so the checkpoint
     * of any of them can replace another's.
     */
    async save(source: string, text: string): Promise<void> {
      const parts = Math.max(1, Math.ceil(text.length / partLength));
      const [first, ...rest] = Array.from({ length: parts }, (_, index) => ({
        item: {
          ...keys.checkpoint(source, index),
          parts,
          text: text.slice(index * partLength, (index + 1) * partLength),
          entity: "checkpoint",
          schemaVersion: 1,
        },
      }));
      if (first && rest.length === 0) await table.put(first);
      else if (first) await table.transact([first, ...rest]);
    },
  };
}
