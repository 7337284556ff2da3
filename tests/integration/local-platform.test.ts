import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readResources } from "../../infra/stack/template.ts";
import { releaseTaken } from "../../localstack/emulators/abandoned-receives.ts";
import { startEmulators as startBare } from "../../localstack/emulators/emulators.ts";
import { keepProvisioned } from "../../localstack/provision/keep-provisioned.ts";
import { provision } from "../../localstack/provision/provision.ts";
import { type Poller, type PollerOptions, startPoller } from "../../localstack/queues/poller.ts";
import { Unavailable } from "../../shared/domain/errors.ts";
import { alertQueue, eventQueue } from "../../shared/queue/queues.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { anAlert, anEvent } from "../support/builders.ts";
import {
  clients,
  freePorts,
  REGION,
  startEmulators,
  startPlatform,
  type TestEmulators,
  temporaryFolder,
  waitFor,
} from "../support/platform/platform.ts";
import { processesOn } from "../support/platform/processes.ts";

let emulators: TestEmulators;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

describe("provisioning from infra's CloudFormation", () => {
  test("a second time changes nothing and fails nothing", async () => {
    const { dynamodb, sqs, lookup, env } = emulators;
    const again = await provision(readResources(".", "local"), dynamodb, sqs, REGION);

    expect(again.ref("AlertsQueue")).toBe(lookup.ref("AlertsQueue"));
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: env.TABLE_NAME }));
    expect(Table?.GlobalSecondaryIndexes).toHaveLength(6);
    const { TimeToLiveDescription } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: env.TABLE_NAME }),
    );
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: "expiresAt", TimeToLiveStatus: "ENABLED" });
  });

  test("queues have the visibility timeout and the dead-letter queue of the template", async () => {
    const { sqs, lookup, env } = emulators;
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: env.ALERTS_QUEUE_URL, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({ FifoQueue: "true", VisibilityTimeout: "60" });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? "{}")).toEqual({
      deadLetterTargetArn: lookup.attribute("AlertsDeadLetterQueue", "Arn"),
      maxReceiveCount: 1000,
    });
  });
});

describe("a poller", () => {
  test("deletes what succeeded and leaves a reported failure to be received again", async () => {
    const queue = await createQueue();
    const seen: string[] = [];
    poll(queue, async ({ Records }) => {
      seen.push(...Records.map(({ body }) => body));
      const bad = Records.filter(
        ({ body, attributes }) => body === "bad" && attributes.ApproximateReceiveCount === "1",
      );
      return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    await send(queue, ["good", "bad", "fine"]);

    await waitFor(async () => seen.filter((body) => body === "bad").length === 2 && (await isEmpty(queue)));
    expect(seen.toSorted()).toEqual(["bad", "bad", "fine", "good"]);
  });

  test("hands over records in the shape of Lambda", async () => {
    const queue = await createQueue({ fifo: true });
    const records: SQSRecord[] = [];
    poll(queue, async ({ Records }) => {
      records.push(...Records);
    });
    await emulators.sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: "body",
        MessageGroupId: "group",
        MessageDeduplicationId: "once",
        MessageAttributes: { kind: { DataType: "String", StringValue: "test" } },
      }),
    );

    await waitFor(() => records.length === 1);
    expect(records[0]).toMatchObject({
      body: "body",
      eventSource: "aws:sqs",
      eventSourceARN: queue.arn,
      awsRegion: REGION,
      attributes: {
        MessageGroupId: "group",
        MessageDeduplicationId: "once",
        ApproximateReceiveCount: "1",
        SequenceNumber: expect.any(String),
        SentTimestamp: expect.any(String),
      },
      messageAttributes: { kind: { stringValue: "test", dataType: "String" } },
    });
  });

  test("a message that keeps failing moves to the dead-letter queue after maxReceiveCount", async () => {
    const dead = await createQueue();
    const queue = await createQueue({ deadLetterArn: dead.arn, maxReceiveCount: 2 });
    let calls = 0;
    poll(queue, async () => {
      calls += 1;
      throw new Error("poison");
    });
    await send(queue, ["poison"]);

    await waitFor(async () => (await count(dead)) === 1);
    expect(calls).toBe(2);
  });

  test("a poison message of a FIFO queue holds up only its own group", async () => {
    const queue = await createQueue({ fifo: true });
    const handled: string[] = [];
    poll(queue, async ({ Records }) => {
      // A batch may have the whole group. As on Lambda, what is behind a failed message is not handled.
      const isBad = Records[0]?.body === "a1";
      handled.push(...(isBad ? Records.slice(0, 1) : Records).map(({ body }) => body));
      return {
        batchItemFailures: (isBad ? Records : []).map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    });
    await send(queue, ["a1", "a2", "b1", "b2", "b3"], (body) => body.slice(0, 1));

    await waitFor(() => handled.filter((body) => body === "a1").length >= 2 && handled.includes("b3"));
    expect(handled.filter((body) => body.startsWith("b"))).toEqual(["b1", "b2", "b3"]);
    expect(handled).not.toContain("a2");
  });

  test("runs at most maximumConcurrency batches at once, and that many", async () => {
    const queue = await createQueue();
    let running = 0;
    let most = 0;
    let total = 0;
    const full = Promise.withResolvers<void>();
    poll(
      queue,
      async ({ Records }) => {
        most = Math.max(most, ++running);
        if (running === 3) full.resolve();
        await full.promise;
        await new Promise((resolve) => setTimeout(resolve, 30)); // for one too many to start
        running -= 1;
        total += Records.length;
      },
      { batchSize: 1, maximumConcurrency: 3 },
    );
    await send(queue, ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    await waitFor(() => total === 9);
    expect(most).toBe(3);
  });

  test("lets a late run succeed: its message stays hidden, is received once and deleted", async () => {
    const queue = await createQueue();
    const counts: string[] = [];
    poll(
      queue,
      async ({ Records }) => {
        counts.push(...Records.map(({ attributes }) => attributes.ApproximateReceiveCount));
        await new Promise((resolve) => setTimeout(resolve, 2_500));
      },
      { holdSeconds: 1 },
    );
    await send(queue, ["slow"]);

    await waitFor(() => counts.length > 0);
    await waitFor(() => isEmpty(queue));
    expect(counts).toEqual(["1"]);
  });

  test("recognizes a message that comes again while it is being handled", async () => {
    const queue = await createQueue();
    let calls = 0;
    poll(
      queue,
      async () => {
        calls += 1;
        // As if the process had been stopped for longer than it holds a message.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
        await new Promise((resolve) => setTimeout(resolve, 500));
      },
      { holdSeconds: 1 },
    );
    await send(queue, ["stopped"]);

    await waitFor(() => calls > 0);
    await waitFor(() => isEmpty(queue));
    expect(calls).toBe(1);
  });

  test("deletes a message that comes again while it is being deleted", async () => {
    const queue = await createQueue({ fifo: true });
    const handled: string[] = [];
    let late = true;
    // As if the process had been stopped while it asked for the deletion: nothing is held, and the receipt is stale.
    const sqs = {
      async send(command: Parameters<SQSClient["send"]>[0], options: object) {
        if (command instanceof ChangeMessageVisibilityBatchCommand) return {};
        if (command instanceof DeleteMessageBatchCommand && late) {
          late = false;
          await new Promise((resolve) => setTimeout(resolve, 1_500));
        }
        return emulators.sqs.send(command as ReceiveMessageCommand, options);
      },
    } as unknown as SQSClient;
    const poller = startPoller({
      source: {
        queueUrl: queue.url,
        arn: queue.arn,
        batchSize: 10,
        maximumConcurrency: 2,
        reportsFailures: false,
      },
      sqs,
      region: REGION,
      invoke: async ({ Records }) => void handled.push(...Records.map(({ body }) => body)),
      report: () => {},
      holdSeconds: 1,
    });
    onTestFinished(() => poller.stop());
    await send(queue, ["first", "second"], () => "group");

    await waitFor(() => isEmpty(queue));
    expect(handled).toEqual(["first", "second"]);
  });

  test("processes each message of a batch separately: a slow one delays no other", async () => {
    const queue = await createQueue();
    const done: string[] = [];
    const slow = Promise.withResolvers<void>();
    poll(queue, async ({ Records }) => {
      const [body = ""] = Records.map((record) => record.body);
      if (body === "slow") await slow.promise;
      done.push(body);
    });
    await send(queue, ["slow", "one", "two"]);

    await waitFor(() => done.length === 2);
    slow.resolve();
    await waitFor(() => isEmpty(queue));
    expect(done.at(-1)).toBe("slow");
  });

  test("tries what waits in small numbers while nothing gets done", async () => {
    const queue = await createQueue();
    let calls = 0;
    poll(queue, async ({ Records }) => {
      calls += 1;
      return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    for (let batch = 0; batch < 5; batch += 1) {
      await send(
        queue,
        Array.from({ length: 10 }, (_, index) => `${batch} ${index}`),
      );
    }
    const startedAt = performance.now();
    await waitFor(() => calls >= 30);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });

  test("stops at once while it waits, and lets running batches end", async () => {
    const queue = await createQueue();
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const poller = poll(queue, async () => {
      started.resolve();
      await finish.promise;
    });
    await send(queue, ["slow"]);
    await started.promise;
    const stopped = poller.stop();
    finish.resolve();
    await stopped;

    expect(await isEmpty(queue)).toBe(true);
  });
});

test("a poller survives an outage of the broker, and logs its start and end once", async () => {
  const dataDir = temporaryFolder();
  const emulatorPort = await freePorts(2);
  const start = () => startBare({ dataDir, emulatorPort, endpoint: undefined });
  let broker = await start();
  onTestFinished(() => broker.stop());
  const { sqs } = clients(broker.env);
  const QueueName = "survivor";
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const lines: string[] = [];
  const bodies: string[] = [];
  const poller = startPoller({
    source: { queueUrl: url, arn: "arn", batchSize: 10, maximumConcurrency: 2, reportsFailures: false },
    sqs,
    region: REGION,
    invoke: async ({ Records }) => void bodies.push(...Records.map(({ body }) => body)),
    report: (line) => lines.push(line),
  });
  onTestFinished(() => poller.stop());

  await broker.stop();
  await waitFor(() => lines.length === 1);
  broker = await start();
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "after" }));

  await waitFor(() => bodies.includes("after"));
  expect(lines).toEqual([
    expect.stringContaining("survivor: the broker does not respond"),
    "survivor: the broker responds again.",
  ]);
});

describe("the embedded broker", () => {
  test("gives back within seconds what it hands to a consumer that is gone", async () => {
    const queue = await createQueue({ visibilitySeconds: 60 });
    const { sqs, env } = emulators;
    const { hostname, port } = new URL(env.AWS_ENDPOINT_URL_SQS ?? "");
    // The long poll of a process that is killed while it waits.
    const abandoned = request({
      host: hostname,
      port,
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AmazonSQS.ReceiveMessage",
      },
    });
    abandoned.on("error", () => {});
    abandoned.end(JSON.stringify({ QueueUrl: queue.url, WaitTimeSeconds: 20 }));
    await once(abandoned, "finish");
    await isEmpty(queue); // it is answered after that poll began
    abandoned.destroy();
    await isEmpty(queue); // and after it noticed that no one waits
    await send(queue, ["page"]);

    const again = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue.url,
        WaitTimeSeconds: 5,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      }),
    );
    // The consumer that is gone received it first.
    expect(again.Messages).toMatchObject([{ Body: "page", Attributes: { ApproximateReceiveCount: "2" } }]);
  });

  test("shows again what a consumer had taken when it was killed", async () => {
    const queue = await createQueue({ visibilitySeconds: 60 });
    const { sqs, env } = emulators;
    await send(queue, ["taken"]);
    const QueueUrl = queue.url;
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
    await releaseTaken(env.AWS_ENDPOINT_URL_SQS ?? "", [QueueUrl]);
    const again = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(again.Messages?.map(({ Body }) => Body)).toEqual(["taken"]);
  });
});

test("messages in flight are available right after a restart, in order, and that receive is not counted", async () => {
  const dataDir = temporaryFolder();
  const first = await startEmulators({ dataDir });
  const queue = { url: first.env.ALERTS_QUEUE_URL ?? "" };
  await send(queue, ["1", "2"], () => "group", first);
  const taken = await first.sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }));
  expect(taken.Messages?.map(({ Body }) => Body)).toEqual(["1"]);
  for (const { pid } of first.children) process.kill(pid, "SIGKILL");
  await first.stop();

  const second = await startEmulators({ dataDir });
  onTestFinished(() => second.stop());
  const again = await second.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queue.url, MessageSystemAttributeNames: ["All"] }),
  );
  expect(again.Messages?.map(({ Body }) => Body)).toEqual(["1"]);
  expect(again.Messages?.[0]?.Attributes?.ApproximateReceiveCount).toBe("1");
});

describe("npm start", () => {
  test("a kill -9 leaves no process behind, and the next start serves again; SIGTERM ends with 0", async () => {
    const platform = await startPlatform();
    onTestFinished(async () => void (await platform.stop()));
    expect(processesOn(platform.dataDir)).toHaveLength(9); // four children, each with what ties it to the platform
    await platform.kill9();
    await waitFor(() => processesOn(platform.dataDir).length === 0);

    await platform.restart();
    expect(await platform.stop()).toBe(0);
    expect(processesOn(platform.dataDir)).toEqual([]);
    expect(readdirSync(platform.dataDir).filter((name) => name.endsWith(".pid"))).toEqual([]);
  });

  test("a second one on the same data folder, or on a taken port, prints one line and exits with 1", async () => {
    const platform = await startPlatform();
    onTestFinished(async () => void (await platform.stop()));
    await expect(startPlatform({ dataDir: platform.dataDir })).rejects.toThrow(
      `ended with 1:\nAlready running on ${platform.dataDir} (process ${platform.pid}).`,
    );
    const HTTP_PORT = new URL(platform.url).port;
    await expect(startPlatform({ env: { HTTP_PORT } })).rejects.toThrow(
      `ended with 1:\nPort ${HTTP_PORT} is taken. Set HTTP_PORT`,
    );
  });

  test.each([
    {
      env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
      message: "AWS_ENDPOINT_URL http://127.0.0.1:9 does not respond.",
    },
    { env: { DYNOXIDE_BIN: "/nowhere" }, message: "DYNOXIDE_BIN points to /nowhere, which doesn't exist." },
    { env: { DATA_DIR: "/dev/null/data" }, message: "Can't write to the data folder /dev/null/data" },
    { env: { HTTP_PORT: "many" }, message: 'HTTP_PORT must be a port number, not "many".' },
  ])("says what to put right: $message", async ({ env, message }) => {
    await expect(startPlatform({ env })).rejects.toThrow(`ended with 1:\n${message}`);
  });
});

test("a message that the broker could not store is refused each time, and taken once it can be stored", async () => {
  const { sqs, env, dataDir } = emulators;
  const database = new DatabaseSync(join(dataDir, "fauxqs.db"));
  onTestFinished(() => database.close());
  const queue = alertQueue(sqs, env.ALERTS_QUEUE_URL ?? "");
  const alert = anAlert();
  database.exec("CREATE TRIGGER full BEFORE INSERT ON sqs_messages BEGIN SELECT RAISE(ABORT, 'full'); END");
  for (const _ of ["first", "again"]) expect(await queue.send([alert])).toEqual(new Set([alert.id]));

  await waitFor(() => {
    database.exec("DROP TRIGGER IF EXISTS full");
    return true;
  });
  await waitFor(async () => (await queue.send([alert])).size === 0);
  const stored = database.prepare("SELECT COUNT(*) AS count FROM sqs_messages WHERE body LIKE ?");
  expect(stored.get(`%${alert.id}%`)).toEqual({ count: 1 });
});

describe("an endpoint of its own", () => {
  test("that is slow to come up is waited for", async () => {
    const port = await freePorts(1);
    const waiting = startBare({
      dataDir: temporaryFolder(),
      emulatorPort: 1,
      endpoint: `http://127.0.0.1:${port}`,
    });
    const server = createServer((_, response) => void response.writeHead(404).end());
    onTestFinished(() => void server.close());
    setTimeout(() => server.listen(port, "127.0.0.1"), 600);
    expect((await waiting).env.AWS_ENDPOINT_URL_SQS).toBe(`http://127.0.0.1:${port}`);
  });

  test("that restarts empty has its table and queues again", async () => {
    const { dynamodb, sqs, env } = emulators;
    const lines: string[] = [];
    const stop = keepProvisioned({
      resources: readResources(".", "local"),
      dynamodb,
      sqs,
      region: REGION,
      report: (line) => lines.push(line),
      everyMs: 20,
      looks: 2,
    });
    onTestFinished(stop);
    await dynamodb.send(new DeleteTableCommand({ TableName: env.TABLE_NAME }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: env.ALERTS_QUEUE_URL }));
    const queue = alertQueue(sqs, env.ALERTS_QUEUE_URL ?? "");
    const table = dynamoTable(DynamoDBDocumentClient.from(dynamodb), env.TABLE_NAME ?? "", Date.now);
    const key = { pk: "a", sk: "b" };

    await waitFor(async () => (await queue.send([anAlert()])).size === 0);
    await waitFor(async () => (await table.get(key)) === undefined);
    await waitFor(() => lines.length === 1);
  });

  test("responds 503 to every request while its table and queues are gone", async () => {
    const { dynamodb, sqs, env } = emulators;
    const table = dynamoTable(DynamoDBDocumentClient.from(dynamodb), "gone", Date.now);
    await expect(table.get({ pk: "a", sk: "b" })).rejects.toThrow(Unavailable);
    const url = `${env.ALERTS_QUEUE_URL}`.replace("alerts.fifo", "gone.fifo");
    await expect(eventQueue(sqs, url).send([anEvent()])).rejects.toThrow(Unavailable);
  });
});

interface Queue {
  readonly url: string;
}

async function createQueue(
  options: {
    fifo?: boolean;
    deadLetterArn?: string;
    maxReceiveCount?: number;
    visibilitySeconds?: number;
  } = {},
): Promise<Queue & { arn: string }> {
  const { fifo, deadLetterArn: deadLetterTargetArn, maxReceiveCount } = options;
  const name = `${randomUUID()}${fifo ? ".fifo" : ""}`;
  const Attributes = {
    VisibilityTimeout: `${options.visibilitySeconds ?? 1}`,
    ...(fifo && { FifoQueue: "true" }),
    ...(deadLetterTargetArn && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) }),
  };
  const { QueueUrl: url = "" } = await emulators.sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes }),
  );
  return { url, arn: `arn:aws:sqs:${REGION}:000000000000:${name}` };
}

async function send(
  { url }: Queue,
  bodies: string[],
  groupOf?: (body: string) => string,
  { sqs } = emulators,
): Promise<void> {
  const Entries = bodies.map((body, index) => ({
    Id: `${index}`,
    MessageBody: body,
    ...(groupOf && { MessageGroupId: groupOf(body), MessageDeduplicationId: body }),
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
}

function poll(
  queue: Queue & { arn: string },
  invoke: (event: SQSEvent) => Promise<unknown>,
  { holdSeconds = 1, ...source }: Partial<PollerOptions["source"]> & { holdSeconds?: number } = {},
): Poller {
  const { sqs } = emulators;
  const poller = startPoller({
    source: {
      queueUrl: queue.url,
      arn: queue.arn,
      batchSize: 10,
      maximumConcurrency: 5,
      reportsFailures: true,
      ...source,
    },
    sqs,
    region: REGION,
    invoke,
    report: () => {},
    holdSeconds,
  });
  onTestFinished(() => poller.stop());
  return poller;
}

async function count({ url }: Queue): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages" as const];
  const { Attributes } = await emulators.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

async function isEmpty({ url }: Queue): Promise<boolean> {
  const { Attributes } = await emulators.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
  );
  return (
    Attributes?.ApproximateNumberOfMessages === "0" &&
    Attributes.ApproximateNumberOfMessagesNotVisible === "0"
  );
}
