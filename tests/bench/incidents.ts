/** CPU time of new incidents, from the alert until someone on call is paged. */
import { apiOf } from "../../infra/api-client.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { clients, startPlatform } from "../support/platform/platform.ts";
import { cpuRow, cpuSecondsByProcess } from "./platform-processes.ts";
import { postAll, poster } from "./post-alerts.ts";
import { pipelineIsEmpty } from "./queue-depth.ts";
import { type Row, rounded } from "./report.ts";

const connections = 5;
const warmUp = 100;
const waitMs = 600_000;
const members = [
  { name: "Ada", email: "ada@example.com", role: "primary" },
  { name: "Bob", email: "bob@example.com", role: "secondary" },
] as const;

export async function measureIncidents(count: number): Promise<Row[]> {
  const platform = await startPlatform();
  const { sqs, dynamodb } = clients(platform.env);
  try {
    const schedule = { team: "bench", rotation_type: "weekly", members: [...members] } as const;
    await apiOf(platform.url)(createScheduleContract, { body: schedule });
    const post = poster(platform.url, connections);
    const openAll = async (incidents: number, name: string) => {
      await postAll(post, connections, incidents, (index) => `${name} ${index}`);
      await pipelineIsEmpty(sqs, waitMs);
    };
    await openAll(warmUp, "warm-up");

    const before = cpuSecondsByProcess(platform);
    const startedAt = performance.now();
    await openAll(count, "incident");
    const seconds = (performance.now() - startedAt) / 1_000;
    const section = `${count} new incidents with a schedule, each by one alert, ${connections} connections`;
    return [
      {
        section,
        what: "CPU per incident, all processes",
        ...cpuRow(before, cpuSecondsByProcess(platform), count),
        aim: { most: 45 },
      },
      {
        section,
        what: "opened and paged",
        value: count / seconds,
        unit: "/s",
        beside: `all after ${rounded(seconds)} s`,
      },
    ];
  } finally {
    sqs.destroy();
    dynamodb.destroy();
    await platform.stop();
  }
}
