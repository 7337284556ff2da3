import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { callOptions } from "../aws/call-options.ts";
import { leanClient } from "../aws/lean-client.ts";
import { Unavailable } from "../domain/errors.ts";
import { canonicalJson } from "../domain/json-object.ts";
import { isTransientFault } from "../domain/transient-fault.ts";
import {
  type Condition,
  ConditionFailed,
  hasExpired,
  type IndexEntry,
  type Item,
  type Key,
  type Range,
  type Table,
} from "./table.ts";

/** Limits of BatchGetItem and BatchWriteItem. */
const keysPerBatchGet = 100;
const itemsPerBatchWrite = 25;
/** Attempts in case of conflicting transactions or insufficient throughput. */
const attempts = 8;

export function createDocumentClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(leanClient(new DynamoDBClient(callOptions)), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** The table in DynamoDB. @throws Unavailable from every call while DynamoDB does not respond */
export function dynamoTable(client: DynamoDBDocumentClient, tableName: string, nowMs: () => number): Table {
  const alive = (item: Readonly<Record<string, unknown>> | undefined): Item | undefined =>
    item === undefined || hasExpired(item, nowMs()) ? undefined : (item as Item);

  /** A query ends at 1 MiB, and expired items do not count, so this continues to the range's limit. */
  const readRange = async <T extends Item | IndexEntry>(
    { limit, before }: Range,
    sortKey: keyof T,
    query: QueryCommandInput,
  ): Promise<T[]> => {
    const found: T[] = [];
    let from: QueryCommandInput["ExclusiveStartKey"];
    do {
      const { Items, LastEvaluatedKey } = await reach(() =>
        client.send(new QueryCommand({ ...query, Limit: limit - found.length, ExclusiveStartKey: from })),
      );
      // BETWEEN includes its upper bound; a range does not.
      found.push(...((Items ?? []) as T[]).filter((item) => alive({ ...item }) && item[sortKey] !== before));
      from = LastEvaluatedKey;
    } while (from !== undefined && found.length < limit);
    return found;
  };

  const table: Table = {
    async get(key, { stale = false } = {}) {
      const { Item } = await reach(() =>
        client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: !stale })),
      );
      return alive(Item);
    },

    async getAll(keys, { stale = false } = {}) {
      const found = new Map<string, Item>();
      for (const chunk of chunksOf(keys, keysPerBatchGet)) {
        await untilAllDone(
          chunk.map(({ pk, sk }) => ({ pk, sk })),
          async (pending) => {
            const { Responses, UnprocessedKeys } = await client.send(
              new BatchGetCommand({
                RequestItems: { [tableName]: { Keys: [...pending], ConsistentRead: !stale } },
              }),
            );
            for (const item of Responses?.[tableName] ?? []) {
              const read = alive(item);
              if (read) found.set(nameOf(read), read);
            }
            return (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
          },
        );
      }
      return keys.flatMap((key) => found.get(nameOf(key)) ?? []);
    },

    async put({ item, condition }) {
      const write = pastConflicts(() =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: item,
            ...expressionOf(condition, nowMs()),
            ...(condition && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
          }),
        ),
      );
      await unlessDoneBefore(write, (stored) => canonicalJson(stored) === canonicalJson(item));
    },

    async putAll(items) {
      for (const chunk of chunksOf(items, itemsPerBatchWrite)) {
        const puts = chunk.map((item) => ({ PutRequest: { Item: item } }));
        await untilAllDone(puts, async (pending) => {
          const { UnprocessedItems } = await client.send(
            new BatchWriteCommand({ RequestItems: { [tableName]: [...pending] } }),
          );
          return (UnprocessedItems?.[tableName] ?? []) as typeof puts;
        });
      }
    },

    async transact(writes) {
      const TransactItems = writes.map((write) =>
        "remove" in write
          ? { Delete: { TableName: tableName, Key: write.remove, ...expressionOf(write.condition, nowMs()) } }
          : { Put: { TableName: tableName, Item: write.item, ...expressionOf(write.condition, nowMs()) } },
      );
      await pastConflicts(() => client.send(new TransactWriteCommand({ TransactItems })));
    },

    async remove(key, condition) {
      const write = reach(() =>
        client.send(
          new DeleteCommand({
            TableName: tableName,
            Key: key,
            ...expressionOf(condition, nowMs()),
            ...(condition && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
          }),
        ),
      );
      await unlessDoneBefore(write, (stored) => stored === undefined);
    },

    async increment(key, { by = 1, expiresAt } = {}) {
      const { Attributes } = await reach(() =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: key,
            UpdateExpression:
              expiresAt === undefined ? "ADD #count :by" : "ADD #count :by SET expiresAt = :expiresAt",
            ExpressionAttributeNames: { "#count": "count" },
            ExpressionAttributeValues: {
              ":by": by,
              ...(expiresAt !== undefined && { ":expiresAt": expiresAt }),
            },
            ReturnValues: "UPDATED_NEW",
          }),
        ),
      );
      return Number(Attributes?.count);
    },

    query: (range, { stale = false } = {}) =>
      readRange<Item>(range, "sk", {
        TableName: tableName,
        ConsistentRead: !stale,
        ...rangeExpression("pk", "sk", range),
      }),

    queryIndex: (index, range) =>
      readRange<IndexEntry>(range, "gsisk", {
        TableName: tableName,
        IndexName: index,
        ...rangeExpression(`${index}pk`, "gsisk", range),
      }),
  };
  return table;
}

function rangeExpression(pkName: string, skName: string, { pk, from, before, newestFirst }: Range) {
  const clauses = ["#pk = :pk"];
  if (from !== undefined && before !== undefined) clauses.push("#sk BETWEEN :from AND :before");
  else if (from !== undefined) clauses.push("#sk >= :from");
  else if (before !== undefined) clauses.push("#sk < :before");
  const ranged = clauses.length > 1;
  return {
    KeyConditionExpression: clauses.join(" AND "),
    ExpressionAttributeNames: { "#pk": pkName, ...(ranged && { "#sk": skName }) },
    ExpressionAttributeValues: {
      ":pk": pk,
      ...(from !== undefined && { ":from": from }),
      ...(before !== undefined && { ":before": before }),
    },
    ScanIndexForward: !newestFirst,
  };
}

function expressionOf(condition: Condition | undefined, nowMs: number) {
  if (!condition) return {};
  const isAbsent = "absent" in condition;
  const wanted = Object.entries(isAbsent ? {} : condition.equals);
  const clauses = wanted.map(([name, value]) =>
    value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
  );
  const values = wanted.flatMap(([name, value]) => (value === undefined ? [] : [[`:${name}`, value]]));
  if (isAbsent) values.push([":now", nowMs / 1_000]);
  return {
    ConditionExpression: isAbsent ? "attribute_not_exists(pk) OR expiresAt <= :now" : clauses.join(" AND "),
    ExpressionAttributeNames: isAbsent
      ? undefined
      : Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: values.length > 0 ? Object.fromEntries(values) : undefined,
  };
}

/** Sends a command and translates its errors. */
async function reach<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      throw new ConditionFailed("The condition failed", { cause: error });
    }
    if (error instanceof TransactionCanceledException) {
      const reasons = error.CancellationReasons ?? [];
      if (reasons.some(({ Code }) => Code === "ConditionalCheckFailed")) throw new ConditionFailed();
      throw error;
    }
    if (isTransientFault(error)) throw new Unavailable("The database", { cause: error });
    throw error;
  }
}

/**
 * Accepts a failed condition if the write had succeeded before: the SDK resends a write whose response was
 * lost, and the condition then meets the first write's result. Transactions use a token instead.
 *
 * @param isDone decides by the stored item, after a resend
 */
async function unlessDoneBefore(
  write: Promise<unknown>,
  isDone: (stored: Item | undefined) => boolean,
): Promise<void> {
  try {
    await write;
  } catch (error) {
    const refusal = error instanceof ConditionFailed ? error.cause : undefined;
    if (!(refusal instanceof ConditionalCheckFailedException)) throw error;
    const { $metadata, Item: stored } = refusal;
    const wasRepeated = ($metadata.attempts ?? 1) > 1;
    if (!wasRepeated || !isDone(stored && (unmarshall(stored) as Item))) throw error;
  }
}

/** Repeats a write that conflicts with a transaction on the same item. */
async function pastConflicts(write: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await reach(write);
      return;
    } catch (error) {
      if (!isConflict(error)) throw error;
      await backOff(attempt);
    }
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const reasons = error.CancellationReasons ?? [];
  return !reasons.some(({ Code = "" }) => /^Validation|SizeLimit/.test(Code));
}

/**
 * Sends a batch, and resends its unprocessed part: DynamoDB reads at most 1 MiB of a partition at a time, and
 * processes less if throughput is short. Only attempts without progress are counted.
 *
 * @param send returns the unprocessed part
 */
async function untilAllDone<T>(
  all: readonly T[],
  send: (pending: readonly T[]) => Promise<readonly T[]>,
): Promise<void> {
  let pending = all;
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    const left = await reach(() => send(pending));
    if (left.length < pending.length) attempt = 0;
    else await backOff(attempt);
    pending = left;
  }
}

async function backOff(attempt: number): Promise<void> {
  if (attempt >= attempts) throw new Unavailable("The database");
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
