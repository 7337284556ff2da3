/** Rate and CPU time of a storm of single alerts, until all of its queues are empty. */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { clients, startPlatform, waitFor } from "../support/platform/platform.ts";
import { cpuSecondsByProcess } from "./platform-processes.ts";
import { isEmpty } from "./queue-depth.ts";
import { type Row, rounded } from "./report.ts";

const connections = 20;
const waitMs = 600_000;
const queues = ["alerts.fifo", "incident-events.fifo", "notifications"];

export interface SustainedOptions {
  readonly alerts: number;
  readonly keys: number;
}

export async function measureSustained({ alerts, keys }: SustainedOptions): Promise<Row[]> {
  const platform = await startPlatform();
  const { sqs, dynamodb } = clients(platform.env);
  const empty = async () => (await Promise.all(queues.map((queue) => isEmpty(sqs, queue)))).every(Boolean);
  const section = `${alerts} single alerts on ${keys} keys, ${connections} connections`;
  try {
    const post = poster(`${platform.url}/api/v1/alerts`);
    // The first ones load the functions' code.
    await postAll(post, 50, (index) => `warm-up ${index % 5}`);
    await waitFor(empty, waitMs);

    const before = cpuSecondsByProcess(platform);
    const startedAt = performance.now();
    await postAll(post, alerts, (index) => `key ${index % keys}`);
    const acceptedSeconds = (performance.now() - startedAt) / 1_000;
    await waitFor(empty, waitMs);
    const seconds = (performance.now() - startedAt) / 1_000;
    const after = cpuSecondsByProcess(platform);

    const milliseconds = Object.keys(after).map((name): [string, number] => [
      name,
      (((after[name] ?? 0) - (before[name] ?? 0)) * 1_000) / alerts,
    ]);
    return [
      {
        section,
        what: "processed",
        value: alerts / seconds,
        unit: "alerts/s",
        beside: `accepted ${rounded(alerts / acceptedSeconds)}/s`,
        aim: { least: 500 },
      },
      {
        section,
        what: "CPU per alert, all processes",
        value: milliseconds.reduce((sum, [, each]) => sum + each, 0),
        unit: "ms",
        beside: milliseconds.map(([name, each]) => `${name} ${rounded(each)}`).join(", "),
        aim: { most: 3 },
      },
    ];
  } finally {
    sqs.destroy();
    dynamodb.destroy();
    await platform.stop();
  }
}

type Post = (dedupKey: string) => Promise<void>;

function poster(url: string): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (dedupKey) =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent, method: "POST", headers: { "content-type": "application/json" } },
        (response) => {
          text(response).then((body) => {
            if (response.statusCode === 202) resolve();
            else reject(new Error(`${response.statusCode}: ${body}`));
          }, reject);
        },
      );
      sent.on("error", reject);
      sent.end(
        JSON.stringify({
          service: "bench",
          severity: "high",
          message: "Latency above 500 ms",
          dedup_key: dedupKey,
        }),
      );
    });
}

async function postAll(post: Post, count: number, keyOf: (index: number) => string): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        await post(keyOf(index));
      }
    }),
  );
}
