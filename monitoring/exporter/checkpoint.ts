/** Read positions of the sources, stored in the table so that the next run can continue. */
import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { CheckpointStore } from "../../shared/storage/checkpoint-store.ts";
import type { Log } from "../../shared/use-cases/ports/system.ts";

/** Schema of a map stored in JSON as a list of its entries. */
export function mapOf<Value>(value: z.ZodType<Value>) {
  return z.codec(z.array(z.tuple([z.string(), value])), z.instanceof(Map<string, Value>), {
    decode: (entries) => new Map(entries),
    encode: (map) => [...map],
  });
}

export interface Checkpoint<State> {
  /** Undefined if there is no checkpoint or it cannot be parsed. */
  load(): Promise<State | undefined>;
  save(state: State): Promise<void>;
}

export interface CheckpointDeps {
  readonly checkpoints: CheckpointStore;
  readonly log: Log;
}

export function checkpointOf<Schema extends z.ZodType>(
  { checkpoints, log }: CheckpointDeps,
  source: string,
  schema: Schema,
): Checkpoint<z.output<Schema>> {
  const read = (text: string) =>
    z.decode(schema, JSON.parse(gunzipSync(Buffer.from(text, "base64")).toString()));
  return {
    async load() {
      const text = await checkpoints.load(source);
      if (text === undefined) return undefined;
      try {
        return read(text);
      } catch (error) {
        log.error("checkpoint unreadable, counting from the start", { source, error });
        return undefined;
      }
    },
    async save(state) {
      const json = JSON.stringify(z.encode(schema, state));
      await checkpoints.save(source, gzipSync(json).toString("base64"));
    },
  };
}
