/** Throughput of the gateway for alerts, compared to a route that does nothing. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import * as z from "zod";
import { startPlatform } from "../support/platform/platform.ts";
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
      autocannon(alertsUrl, count, duration, JSON.stringify({ ...alert, dedup_key: dedupKey }));
    await autocannon(`${platform.url}/health/web`, count, 1);
    await shoot("warm-up", 1);
    const yardstick = await autocannon(`${platform.url}/health/web`, count, seconds);
    const hot = await shoot("hot", seconds);
    const distinct = await shoot("[<id>]", seconds);
    await platform.stop();

    const at = `${count} connection${count === 1 ? "" : "s"}`;
    rows.push(rowOf(`GET /health/web, ${at}`, yardstick));
    for (const [name, shots] of [
      ["one hot key", hot],
      ["distinct keys", distinct],
    ] as const) {
      rows.push(rowOf(`POST alerts, ${name}, ${at}`, shots));
      rows.push({
        section,
        what: "  as a share of the yardstick",
        value: shots.perSecond / yardstick.perSecond,
        unit: "",
        ...(count === 50 && { aim: { least: 0.5 } }),
      });
    }
  }
  return rows;
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
async function autocannon(url: string, connections: number, seconds: number, body?: string): Promise<Shots> {
  const command = resolve(import.meta.dirname, "../../ci/node_modules/autocannon/autocannon.js");
  const args = ["--json", "-n", "-c", `${connections}`, "-d", `${seconds}`];
  if (body) args.push("-m", "POST", "-H", "content-type=application/json", "-I", "-b", body);
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
