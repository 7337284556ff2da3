/** Meters the billed usage of DynamoDB, SQS and logs. */
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface Cost {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly dynamodbRequests: number;
  readonly sqsRequests: number;
  /** Requests to FIFO queues. */
  readonly fifoRequests: number;
  /** Additional size of items, including index entries. */
  readonly storedBytes: number;
  /** Size of log output. */
  readonly logBytes: number;
  /** Writes of incident items. */
  readonly incidentWrites: number;
}

interface Command {
  readonly input: Record<string, unknown>;
}
interface Consumed {
  readonly CapacityUnits?: number;
}
type Send = (command: Command, ...rest: unknown[]) => Promise<{ ConsumedCapacity?: Consumed | Consumed[] }>;

/** Latest size of each item. */
const sizes = new Map<string, number>();
let bodies: { readonly queueUrl: string; readonly body: string }[] = [];
let cost = none();
let installed = false;

/**
 * Meters all clients of this process, in units reported by DynamoDB (and dynoxide). Failed conditional writes
 * report no units and count only as requests.
 */
export function installMeter(): void {
  if (installed) return;
  installed = true;
  const tables = DynamoDBDocumentClient.prototype as unknown as { send: Send };
  const sendToTable = tables.send;
  tables.send = async function (this: unknown, command, ...rest) {
    Object.assign(command.input, { ReturnConsumedCapacity: "INDEXES" });
    cost.dynamodbRequests += 1;
    for (const item of itemsIn(command.input)) {
      cost.incidentWrites += item.sk === "INCIDENT" ? 1 : 0;
      const key = JSON.stringify([item.pk, item.sk]);
      const bytes = bytesOf(item);
      cost.storedBytes += bytes - (sizes.get(key) ?? 0);
      sizes.set(key, bytes);
    }
    const answer = await sendToTable.call(this, command, ...rest);
    const units = [answer.ConsumedCapacity ?? []]
      .flat()
      .reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    cost[/^(Get|BatchGet|Query)/.test(command.constructor.name) ? "readUnits" : "writeUnits"] += units;
    return answer;
  };
  const queues = SQSClient.prototype as unknown as { send: Send };
  const sendToQueue = queues.send;
  queues.send = function (this: unknown, ...args) {
    const { QueueUrl = "", MessageBody, Entries } = args[0].input as QueueInput;
    cost.sqsRequests += 1;
    cost.fifoRequests += QueueUrl.endsWith(".fifo") ? 1 : 0;
    for (const body of [MessageBody, ...(Entries ?? []).map((entry) => entry.MessageBody)]) {
      if (body !== undefined) bodies.push({ queueUrl: QueueUrl, body });
    }
    return sendToQueue.apply(this, args);
  };
}

/** Suppresses output, which would mix with the results. */
export async function metered(run: () => Promise<unknown>): Promise<Cost> {
  cost = none();
  bodies = [];
  const { write } = process.stdout;
  process.stdout.write = (chunk: string | Uint8Array) => {
    cost.logBytes += Buffer.byteLength(chunk);
    return true;
  };
  try {
    await run();
    return { ...cost };
  } finally {
    process.stdout.write = write;
  }
}

/** Returns the bodies of messages sent to a queue since the last call of `metered`. */
export function sentTo(queueUrl: string | undefined): string[] {
  return bodies.filter((sent) => sent.queueUrl === queueUrl).map(({ body }) => body);
}

export function sum(costs: readonly Cost[]): Cost {
  return mapParts((part) => costs.reduce((all, one) => all + one[part], 0));
}

/** Returns the largest value of each part. */
export function largest(costs: readonly Cost[]): Cost {
  return mapParts((part) => Math.max(...costs.map((one) => one[part])));
}

export function share(whole: Cost, of: number): Cost {
  return mapParts((part) => whole[part] / of);
}

function none() {
  return mapParts(() => 0);
}

function mapParts(value: (part: keyof Cost) => number): { -readonly [Part in keyof Cost]: number } {
  return {
    writeUnits: value("writeUnits"),
    readUnits: value("readUnits"),
    dynamodbRequests: value("dynamodbRequests"),
    sqsRequests: value("sqsRequests"),
    fifoRequests: value("fifoRequests"),
    storedBytes: value("storedBytes"),
    logBytes: value("logBytes"),
    incidentWrites: value("incidentWrites"),
  };
}

type Item = Readonly<Record<string, unknown>>;
interface QueueInput {
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly MessageBody?: string }[];
}
interface WriteInput {
  readonly Item?: Item;
  readonly TransactItems?: readonly { readonly Put?: { readonly Item?: Item } }[];
  readonly RequestItems?: Readonly<
    Record<string, readonly { readonly PutRequest?: { readonly Item?: Item } }[]>
  >;
}

/** Returns the items of a put, transaction or batch command. */
function itemsIn(input: Record<string, unknown>): Item[] {
  const { Item, TransactItems = [], RequestItems = {} } = input as WriteInput;
  const batches = Object.values(RequestItems).flatMap((requests) =>
    Array.isArray(requests) ? requests : [],
  );
  return [
    Item,
    ...TransactItems.map(({ Put }) => Put?.Item),
    ...batches.map(({ PutRequest }) => PutRequest?.Item),
  ].filter((item) => item !== undefined);
}

/** DynamoDB adds 100 bytes per item and index entry. Our indexes contain keys only. */
function bytesOf(item: Item): number {
  const overhead = 100;
  const entries = Object.keys(item).filter((name) => /^gsi\dpk$/.test(name));
  const keys = ["pk", "sk", "gsisk"].reduce((sum, name) => sum + sizeOf(item[name]), 0);
  return (
    sizeOf(item) + overhead + entries.reduce((sum, name) => sum + keys + sizeOf(item[name]) + overhead, 0)
  );
}

function sizeOf(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
