/** Rate and CPU time of a storm of single alerts, until all of its queues are empty. */
import { clients, startPlatform } from "../support/platform/platform.ts";
import { cpuRow, cpuSecondsByProcess } from "./platform-processes.ts";
import { postAll, poster } from "./post-alerts.ts";
import { pipelineIsEmpty } from "./queue-depth.ts";
import { type Row, rounded } from "./report.ts";

const connections = 20;
const waitMs = 600_000;

export interface SustainedOptions {
  readonly alerts: number;
  readonly keys: number;
}

export async function measureSustained({ alerts, keys }: SustainedOptions): Promise<Row[]> {
  const platform = await startPlatform();
  const { sqs, dynamodb } = clients(platform.env);
  const section = `${alerts} single alerts on ${keys} keys, ${connections} connections`;
  try {
    const post = poster(platform.url, connections);
    // The first ones load the functions' code.
    await postAll(post, connections, 50, (index) => `warm-up ${index % 5}`);
    await pipelineIsEmpty(sqs, waitMs);

    const before = cpuSecondsByProcess(platform);
    const startedAt = performance.now();
    await postAll(post, connections, alerts, (index) => `key ${index % keys}`);
    const acceptedSeconds = (performance.now() - startedAt) / 1_000;
    await pipelineIsEmpty(sqs, waitMs);
    const seconds = (performance.now() - startedAt) / 1_000;
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
        ...cpuRow(before, cpuSecondsByProcess(platform), alerts),
        aim: { most: 3 },
      },
    ];
  } finally {
    sqs.destroy();
    dynamodb.destroy();
    await platform.stop();
  }
}
