/** Latency and backlog under a constant rate of single alerts, which doesn't wait for slow responses. */
import { setTimeout as delay } from "node:timers/promises";
import { clients, startPlatform } from "../support/platform/platform.ts";
import { postAll, poster } from "./post-alerts.ts";
import { depthOf, pipelineIsEmpty, pipelineQueues } from "./queue-depth.ts";
import { quantile, type Row, rounded } from "./report.ts";

const connections = 50;
const keys = 100;
const waitMs = 600_000;

export interface SteadyOptions {
  readonly perSecond: number;
  readonly seconds: number;
}

export async function measureSteady({ perSecond, seconds }: SteadyOptions): Promise<Row[]> {
  const platform = await startPlatform();
  const { sqs, dynamodb } = clients(platform.env);
  const section = `${seconds} s of ${perSecond} alerts per second on ${keys} keys`;
  try {
    const post = poster(platform.url, connections);
    // The first ones load the functions' code.
    await postAll(post, connections, keys, (index) => `key ${index % keys}`);
    await pipelineIsEmpty(sqs, waitMs);

    const latencies: number[] = [];
    const sends: Promise<void>[] = [];
    const startedAt = performance.now();
    while (sends.length < perSecond * seconds) {
      const dueAt = startedAt + (sends.length * 1_000) / perSecond;
      if (dueAt > performance.now()) await delay(dueAt - performance.now());
      const accepted = post(`key ${sends.length % keys}`);
      // Counted from the time it was due, so that a stall counts for all that it delays.
      sends.push(accepted.then(() => void latencies.push(performance.now() - dueAt)));
    }
    const depths = await Promise.all(pipelineQueues.map((queue) => depthOf(sqs, queue)));
    const unanswered = sends.length - latencies.length;
    const stoppedAt = performance.now();
    await Promise.all(sends);
    await pipelineIsEmpty(sqs, waitMs);
    const drainSeconds = (performance.now() - stoppedAt) / 1_000;
    return [
      {
        section,
        what: "remaining backlog",
        value: depths.reduce((sum, depth) => sum + depth, unanswered),
        unit: "",
        beside: `${pipelineQueues.map((queue, index) => `${queue} ${depths[index]}`).join(", ")}, not yet accepted ${unanswered}`,
        // At most the alerts of a second are on their way.
        aim: { most: perSecond },
      },
      { section, what: "until the queues are empty", value: drainSeconds, unit: "s" },
      {
        section,
        what: "accepted, p50",
        value: quantile(latencies, 0.5),
        unit: "ms",
        beside: `p99 ${rounded(quantile(latencies, 0.99))} ms`,
      },
    ];
  } finally {
    sqs.destroy();
    dynamodb.destroy();
    await platform.stop();
  }
}
