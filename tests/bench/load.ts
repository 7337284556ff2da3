/**
 * Throughput of the gateway for alerts, beside yardsticks: a route that does nothing, a node:http server that parses the
 * body, the emulated queue that stores the alert, and the emulated table that stores it later.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { clients, startPlatform, type TestPlatform } from "../support/platform/platform.ts";
import type { Row } from "./report.ts";

const section = "Accepting alerts (fresh platform for each number of connections, pipeline running)";
const alert = { service: "bench", severity: "high", message: "Latency above 500 ms", source: "bench" };

export interface LoadOptions {
  readonly connections: readonly number[];
  readonly seconds: number;
}

export async function measureLoad({ connections, seconds }: LoadOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of connections) {
    const platform = await startPlatform();
    const alertsUrl = `${platform.url}/api/v1/alerts`;
    const shoot = (dedupKey: string, duration: number) =>
      autocannon(alertsUrl, count, duration, { body: bodyOf(dedupKey) });
    await autocannon(`${platform.url}/health/web`, count, 1);
    await shoot("warm-up", 1);
    const nothing = await autocannon(`${platform.url}/health/web`, count, seconds);
    const bare = await bareServer(count, seconds);
    const sent = await sendToQueue(platform, count, seconds);
    const put = await putIntoTable(platform, count, seconds);
    const hot = await shoot("hot", seconds);
    const distinct = await shoot("[<id>]", seconds);
    await platform.stop();

    const at = `${count} connection${count === 1 ? "" : "s"}`;
    rows.push(rowOf(`yardstick: node:http, ${at}`, bare));
    rows.push(rowOf(`yardstick: GET /health/web, ${at}`, nothing));
    rows.push(rowOf(`yardstick: send to the emulated queue, ${at}`, sent));
    rows.push(rowOf(`yardstick: put into the emulated table, ${at}`, put));
    for (const [name, shots, least] of [
      ["one hot key", hot, 0.9],
      ["distinct keys", distinct, 0.7],
    ] as const) {
      rows.push(rowOf(`POST alerts, ${name}, ${at}`, shots));
      rows.push({
        section,
        what: `  as a share of sends to the queue, ${name}, ${at}`,
        value: shots.perSecond / sent.perSecond,
        unit: "",
        ...(count === 50 && { aim: { least } }),
      });
    }
  }
  return rows;
}

function bodyOf(dedupKey: string): string {
  return JSON.stringify({ ...alert, dedup_key: dedupKey });
}

/** Posts alerts to a server that parses them and answers. */
async function bareServer(connections: number, seconds: number): Promise<Shots> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify(JSON.parse(body)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const shots = await autocannon(`http://127.0.0.1:${port}`, connections, seconds, { body: bodyOf("hot") });
  server.close();
  return shots;
}

/** Sends alerts of one group to an emulated queue that has no consumer. */
async function sendToQueue({ env }: TestPlatform, connections: number, seconds: number): Promise<Shots> {
  const { sqs, dynamodb } = clients(env);
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: "incident-platform-local-alerts-dlq.fifo" }),
  );
  sqs.destroy();
  dynamodb.destroy();
  const message = { MessageBody: bodyOf("hot"), MessageGroupId: "hot", MessageDeduplicationId: "[<id>]" };
  return autocannon(env.AWS_ENDPOINT_URL_SQS ?? "", connections, seconds, {
    body: JSON.stringify({ QueueUrl, ...message }),
    headers: ["content-type=application/x-amz-json-1.0", "x-amz-target=AmazonSQS.SendMessage"],
  });
}

/** Puts alerts into the emulated table as items without index entries. */
async function putIntoTable({ env }: TestPlatform, connections: number, seconds: number): Promise<Shots> {
  const Item = { pk: { S: "BENCH#[<id>]" }, sk: { S: "ALERT" }, alert: { S: bodyOf("hot") } };
  return autocannon(env.AWS_ENDPOINT_URL_DYNAMODB ?? "", connections, seconds, {
    body: JSON.stringify({ TableName: "incident-platform-local", Item }),
    headers: [
      "content-type=application/x-amz-json-1.0",
      "x-amz-target=DynamoDB_20120810.PutItem",
      // The emulator requires a signature, but doesn't check it.
      "x-amz-date=20260101T000000Z",
      "authorization=AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    ],
  });
}

function rowOf(what: string, { perSecond, p50, p99, failed }: Shots): Row {
  const failures = failed > 0 ? `, ${failed} failed` : "";
  return { section, what, value: perSecond, unit: "/s", beside: `p50 ${p50} ms, p99 ${p99} ms${failures}` };
}

interface Shots {
  /** 2xx responses. */
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const report = z.object({
  "2xx": z.number(),
  non2xx: z.number(),
  errors: z.number(),
  duration: z.number(),
  latency: z.object({ p50: z.number(), p99: z.number() }),
});

/**
 * Runs in a separate process, so that it does not count as the platform's work. `[<id>]` in the body is
 * replaced by a unique ID.
 */
async function autocannon(
  url: string,
  connections: number,
  seconds: number,
  { body, headers = ["content-type=application/json"] }: { body?: string; headers?: readonly string[] } = {},
): Promise<Shots> {
  const command = resolve(import.meta.dirname, "../../ci/node_modules/autocannon/autocannon.js");
  const args = ["--json", "-n", "-c", `${connections}`, "-d", `${seconds}`];
  if (body) args.push("-m", "POST", ...headers.flatMap((header) => ["-H", header]), "-I", "-b", body);
  const child = spawn(process.execPath, [command, ...args, url], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  const result = report.parse(JSON.parse(output));
  return {
    perSecond: result["2xx"] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}
