/** Where a source has got to, put down in the table so that the next run goes on from there. */
import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { CheckpointStore } from "../../shared/storage/checkpoint-store.ts";
import type { Log } from "../../shared/use-cases/ports.ts";

/** A map as JSON has it: a list of its entries. */
export function mapOf<Value>(value: z.ZodType<Value>) {
  return z.codec(z.array(z.tuple([z.string(), value])), z.instanceof(Map<string, Value>), {
    decode: (entries) => new Map(entries),
    encode: (map) => [...map],
  });
}

export interface Checkpoint<State> {
  /** Undefined when there is none, or none that can be understood. */
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
        log.error("checkpoint not understood, counting begins anew", { source, error });
        return undefined;
      }
    },
    async save(state) {
      const json = JSON.stringify(z.encode(schema, state));
      await checkpoints.save(source, gzipSync(json).toString("base64"));
    },
  };
}
