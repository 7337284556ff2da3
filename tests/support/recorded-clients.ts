/** In-memory table and queues that record the calls of each function, named as in infra/stack/permissions.ts. */
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "../../shared/storage/table.ts";
import { type MemorySqs, memorySqs } from "./memory/memory-sqs.ts";
import { memoryTable } from "./memory/memory-table.ts";

/** An action on the table and the partition key of its item. */
export interface ItemAction {
  readonly verb: string;
  readonly pk: string;
}

export interface Recorder {
  /** Actions by function: `table get`, `indexes gsi1`, `sends Alerts`, … */
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
  readonly table: Table;
  /** The same table without recording. */
  readonly stored: Table;
  readonly sqs: SQSClient;
  readonly queues: MemorySqs;
  /** Records an action of the current function on another service. */
  record(action: string): void;
  /** Attributes the next calls to a function. */
  become(functionName: string): void;
  /** Runs work on a copy of the table and the queues, which stay as they are. */
  aside<T>(run: () => Promise<T>): Promise<T>;
  /** Runs before each action on an item, and may change the table or throw. */
  interfere: ((action: ItemAction) => Promise<void>) | undefined;
}

interface RecorderOptions {
  readonly nowMs: () => number;
  /** Returns the name of a queue by its URL. */
  readonly queueOf: (url: string) => string;
  /** Returns the name of an action that a function may do on items of some partitions only. */
  readonly limitedAction: (functionName: string, action: ItemAction) => string | undefined;
}

export function recorder({ nowMs, queueOf, limitedAction }: RecorderOptions): Recorder {
  const used = new Map<string, Set<string>>();
  let current = "";
  const record = (action: string) => {
    used.set(current, (used.get(current) ?? new Set()).add(action));
  };
  let stored = memoryTable(nowMs);
  let queues = memorySqs(nowMs);
  /** Records an action on items, then does it. */
  async function on<T>(
    verb: string,
    keys: readonly { readonly pk: string }[],
    run: () => Promise<T>,
  ): Promise<T> {
    for (const { pk } of keys) record(limitedAction(current, { verb, pk }) ?? `table ${verb}`);
    for (const { pk } of keys) await recording.interfere?.({ verb, pk });
    return run();
  }
  const recording: Recorder = {
    used,
    get stored() {
      return stored;
    },
    get queues() {
      return queues;
    },
    record,
    async aside(run) {
      const kept = { stored, queues };
      stored = stored.copy(nowMs);
      queues = queues.copy(nowMs);
      try {
        return await run();
      } finally {
        ({ stored, queues } = kept);
      }
    },
    interfere: undefined,
    become(functionName) {
      current = functionName;
    },
    table: {
      get: (key) => on("get", [key], () => stored.get(key)),
      getAll: (keys, options) => on("getAll", keys, () => stored.getAll(keys, options)),
      put: (put) => on("put", [put.item], () => stored.put(put)),
      putAll: (items) => on("putAll", items, () => stored.putAll(items)),
      async transact(writes) {
        for (const write of writes) {
          if ("remove" in write) await on("remove", [write.remove], async () => {});
          else await on("put", [write.item], async () => {});
        }
        return stored.transact(writes);
      },
      remove: (key, condition) => on("remove", [key], () => stored.remove(key, condition)),
      increment: (key, options) => on("increment", [key], () => stored.increment(key, options)),
      query: (range) => on("query", [range], () => stored.query(range)),
      queryIndex(index, range) {
        record(`indexes ${index}`);
        return stored.queryIndex(index, range);
      },
    },
    sqs: {
      send(command: {
        readonly constructor: { readonly name: string };
        readonly input: { QueueUrl?: string };
      }) {
        const kind = kinds[command.constructor.name];
        if (!kind) throw new Error(`${command.constructor.name} is not an action of a role`);
        record(`${kind} ${queueOf(command.input.QueueUrl ?? "")}`);
        return (queues.client.send as (sent: unknown) => unknown)(command);
      },
    } as unknown as SQSClient,
  };
  return recording;
}

/** Fields of a row by command. A consumer changes the visibility of its own queue. */
const kinds: Readonly<Record<string, string>> = {
  SendMessageCommand: "sends",
  SendMessageBatchCommand: "sends",
  ReceiveMessageCommand: "receives",
  DeleteMessageCommand: "deletes",
  ChangeMessageVisibilityCommand: "holds",
  ChangeMessageVisibilityBatchCommand: "holds",
  GetQueueAttributesCommand: "probes",
};
