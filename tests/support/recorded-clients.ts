/** In-memory table and queues that record the calls of each function, named as in infra/stack/permissions.ts. */
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "../../shared/storage/table.ts";
import { type MemorySqs, memorySqs } from "./memory/memory-sqs.ts";
import { memoryTable } from "./memory/memory-table.ts";

/** Returns the used permissions of the current function: `table get`, `indexes gsi1`, `sends Alerts`, … */
export interface Recorder {
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
  readonly table: Table;
  readonly sqs: SQSClient;
  readonly queues: MemorySqs;
  /** Attributes the next calls to a function. */
  become(functionName: string): void;
}

/** @param queueOf returns the name of a queue by its URL */
export function recorder(nowMs: () => number, queueOf: (url: string) => string): Recorder {
  const used = new Map<string, Set<string>>();
  let current = "";
  const note = (kind: string, name: string) => {
    const actions = used.get(current) ?? new Set();
    used.set(current, actions.add(`${kind} ${name}`));
  };
  const stored = memoryTable(nowMs);
  const queues = memorySqs(nowMs);
  const table: Table = {
    get: (key) => note("table", "get") ?? stored.get(key),
    getAll: (keys) => (keys.length > 0 ? note("table", "getAll") : undefined) ?? stored.getAll(keys),
    put: (put) => note("table", "put") ?? stored.put(put),
    putAll: (items) => (items.length > 0 ? note("table", "putAll") : undefined) ?? stored.putAll(items),
    transact(writes) {
      for (const write of writes) note("table", "remove" in write ? "remove" : "put");
      return stored.transact(writes);
    },
    remove: (key, condition) => note("table", "remove") ?? stored.remove(key, condition),
    increment: (key, expiresAt) => note("table", "increment") ?? stored.increment(key, expiresAt),
    query: (range) => note("table", "query") ?? stored.query(range),
    queryIndex: (index, range) => note("indexes", index) ?? stored.queryIndex(index, range),
  };
  const sqs = {
    send(command: {
      readonly constructor: { readonly name: string };
      readonly input: { QueueUrl?: string };
    }) {
      const kind = kinds[command.constructor.name];
      if (!kind) throw new Error(`${command.constructor.name} is not an action of a role`);
      note(kind, queueOf(command.input.QueueUrl ?? ""));
      return (queues.client.send as (sent: unknown) => unknown)(command);
    },
  } as unknown as SQSClient;
  return {
    used,
    table,
    sqs,
    queues,
    become(functionName) {
      current = functionName;
    },
  };
}

/** Fields of a row by command. A consumer changes the visibility of its own queue. */
const kinds: Readonly<Record<string, string>> = {
  SendMessageCommand: "sends",
  SendMessageBatchCommand: "sends",
  ReceiveMessageCommand: "redrives",
  DeleteMessageCommand: "redrives",
  ChangeMessageVisibilityCommand: "holds",
  ChangeMessageVisibilityBatchCommand: "holds",
  GetQueueAttributesCommand: "probes",
};
