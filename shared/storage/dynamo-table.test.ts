/** Failures of DynamoDB. Its normal behavior is covered by the table's contract suite. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { Unavailable } from "../domain/errors.ts";
import { dynamoTable } from "./dynamo-table.ts";
import { ConditionFailed, type Item } from "./table.ts";

interface Sent {
  readonly input: {
    readonly RequestItems?: Record<string, unknown>;
    readonly Limit?: number;
    readonly ExclusiveStartKey?: unknown;
  };
}

/** A table whose database gives these answers, one after the other; the last again and again. */
function tableAnswering(...answers: (object | Error)[]) {
  const sent: Sent[] = [];
  const client = {
    send: async (command: Sent) => {
      sent.push(command);
      const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as DynamoDBDocumentClient;
  return { table: dynamoTable(client, "t", () => monday), sent };
}

const metadata = { $metadata: {}, message: "no" };
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...metadata, CancellationReasons: codes.map((Code) => ({ Code })) });
const fault = (name: string, $fault: "client" | "server") =>
  new DynamoDBServiceException({ ...metadata, name, $fault });
const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });

const items: Item[] = [
  { pk: "a", sk: "1" },
  { pk: "b", sk: "1" },
];
const key = { pk: "a", sk: "1" };

describe("what the database leaves undone", () => {
  test("of a batch of writes is written again, and only that", async () => {
    const rest = [{ PutRequest: { Item: items[1] } }];
    const { table, sent } = tableAnswering({ UnprocessedItems: { t: rest } }, {});
    await table.putAll(items);
    expect(sent.map(({ input }) => input.RequestItems?.t)).toEqual([
      items.map((Item) => ({ PutRequest: { Item } })),
      rest,
    ]);
  });

  test("of a batch is done however many calls it takes, as long as each gets some of it done", async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ pk: "a", sk: `${index}` }));
    const readAnswers = many.map((item, index) => ({
      Responses: { t: [item] },
      UnprocessedKeys: { t: { Keys: many.slice(index + 1) } },
    }));
    const writeAnswers = many.map((_, index) => ({
      UnprocessedItems: { t: many.slice(index + 1).map((Item) => ({ PutRequest: { Item } })) },
    }));
    expect(await tableAnswering(...readAnswers).table.getAll(many)).toEqual(many);
    const { table, sent } = tableAnswering(...writeAnswers);
    await table.putAll(many);
    expect(sent).toHaveLength(20);
  });

  test("again and again, with nothing done, is the database's absence", async () => {
    const { table, sent } = tableAnswering({ UnprocessedKeys: { t: { Keys: [key] } } });
    await expect(table.getAll([key])).rejects.toThrow(Unavailable);
    expect(sent).toHaveLength(8);
  });

  test("of a batch of reads is read again, in the order that was asked for", async () => {
    const { table } = tableAnswering(
      { Responses: { t: [items[1]] }, UnprocessedKeys: { t: { Keys: [key] } } },
      { Responses: { t: [items[0]] } },
    );
    expect(await table.getAll(items)).toEqual(items);
  });

  test("of a range is read on from where it ended, for what is still wanted", async () => {
    const { table, sent } = tableAnswering(
      { Items: [items[0]], LastEvaluatedKey: key },
      { Items: [], LastEvaluatedKey: key },
      { Items: [items[1]] },
    );
    expect(await table.query({ pk: "a", newestFirst: false, limit: 5 })).toEqual(items);
    expect(sent.map(({ input }) => [input.Limit, input.ExclusiveStartKey])).toEqual([
      [5, undefined],
      [4, key],
      [4, key],
    ]);
  });
});

describe("a transaction in conflict with another", () => {
  test("is tried again", async () => {
    const { table, sent } = tableAnswering(cancelled("None", "TransactionConflict"), {});
    await table.transact([{ item: key }]);
    expect(sent).toHaveLength(2);
  });

  test("is not, when a condition does not hold besides", async () => {
    const { table, sent } = tableAnswering(cancelled("TransactionConflict", "ConditionalCheckFailed"));
    await expect(table.transact([{ item: key }])).rejects.toThrow(ConditionFailed);
    expect(sent).toHaveLength(1);
  });
});

test("a transaction that can never be written fails immediately", async () => {
  const { table, sent } = tableAnswering(cancelled("None", "ValidationError"));
  await expect(table.transact([{ item: key }])).rejects.toThrow(TransactionCanceledException);
  expect(sent).toHaveLength(1);
});

test("a put in conflict with a transaction is retried", async () => {
  const { table, sent } = tableAnswering(new TransactionConflictException(metadata), {});
  await table.put({ item: key });
  expect(sent).toHaveLength(2);
});

test("a failed condition is reported as such", async () => {
  const { table } = tableAnswering(new ConditionalCheckFailedException(metadata));
  await expect(table.put({ item: key, condition: { absent: true } })).rejects.toThrow(ConditionFailed);
});

describe("a write whose answer is lost", () => {
  const item = { pk: "a", sk: "1", name: "Ada", version: 2, tags: ["x"], at: { b: 1, a: null } };
  const stored = marshall({ at: { a: null, b: 1 }, tags: ["x"], version: 2, name: "Ada", sk: "1", pk: "a" });
  const replaces = { equals: { version: 1 } };

  test("and is then found to be done, is done", async () => {
    const table = await tableLosing("first answer", stored);
    await table.put({ item, condition: replaces });
  });

  test("is a conflict when another's write is there", async () => {
    const table = await tableLosing("first answer", { ...stored, name: { S: "Eve" } });
    await expect(table.put({ item, condition: replaces })).rejects.toThrow(ConditionFailed);
  });

  test("is a conflict when its very content was there before it was sent", async () => {
    const table = await tableLosing("nothing", stored);
    await expect(table.put({ item, condition: { absent: true } })).rejects.toThrow(ConditionFailed);
  });

  test("is done when it removed an item that is gone", async () => {
    const table = await tableLosing("first answer");
    await table.remove(key, replaces);
  });

  test("is a conflict when the item that it should remove is there", async () => {
    const table = await tableLosing("first answer", stored);
    await expect(table.remove(key, replaces)).rejects.toThrow(ConditionFailed);
  });
});

/** A table whose database refuses a condition for what it stores, perhaps after it has lost its first answer. */
async function tableLosing(lost: "first answer" | "nothing", stored?: Record<string, AttributeValue>) {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    if (calls === 1 && lost === "first answer") return void request.socket.destroy();
    const body = { __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", Item: stored };
    response.writeHead(400, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  });
  return dynamoTable(await clientOf(server), "t", () => monday);
}

/** The SDK's real client of a server, which it asks twice at most. */
async function clientOf(server: Server): Promise<DynamoDBDocumentClient> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const dynamodb = new DynamoDBClient({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 2,
  });
  onTestFinished(() => dynamodb.destroy());
  return DynamoDBDocumentClient.from(dynamodb);
}

describe("an error", () => {
  test.each([
    { name: "of the network", error: refused },
    { name: "of time", error: Object.assign(new Error("slow"), { name: "TimeoutError" }) },
    { name: "of the service", error: fault("InternalServerError", "server") },
    { name: "of its throttle", error: fault("ThrottlingException", "client") },
    { name: "of throughput", error: fault("ProvisionedThroughputExceededException", "client") },
    { name: "of limits", error: fault("RequestLimitExceeded", "client") },
    { name: "of a table that is not there yet", error: fault("ResourceNotFoundException", "client") },
    {
      name: "of an unknown kind with status 500",
      error: new DynamoDBServiceException({
        name: "Error",
        $fault: "client",
        $metadata: { httpStatusCode: 500 },
      }),
    },
  ])("$name is the database's absence, from each call", async ({ error }) => {
    const range = { pk: "a", newestFirst: true, limit: 1 };
    const calls = [
      tableAnswering(error).table.get(key),
      tableAnswering(error).table.getAll([key]),
      tableAnswering(error).table.put({ item: key }),
      tableAnswering(error).table.putAll([key]),
      tableAnswering(error).table.transact([{ item: key }]),
      tableAnswering(error).table.remove(key),
      tableAnswering(error).table.increment(key),
      tableAnswering(error).table.query(range),
      tableAnswering(error).table.queryIndex("gsi1", range),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(Unavailable);
  });

  test.each([
    { status: 200, type: "text/html", body: "<html><body>Sign in</body></html>" },
    { status: 404, type: "text/html", body: "<html><body>Not found</body></html>" },
    { status: 502, type: "text/html", body: "<html><body>Bad gateway</body></html>" },
    { status: 500, type: "application/json", body: '{"error":"Internal Server Error"}' },
  ])("with $body in place of an answer is the database's absence", async ({ status, type, body }) => {
    const server = createServer((_, response) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
    const table = dynamoTable(await clientOf(server), "t", () => monday);
    await expect(table.get(key)).rejects.toThrow(Unavailable);
    await expect(table.put({ item: key })).rejects.toThrow(Unavailable);
  });

  test("of ours stays what it is", async () => {
    const ours = fault("ValidationException", "client");
    await expect(tableAnswering(ours).table.get(key)).rejects.toBe(ours);
  });
});
