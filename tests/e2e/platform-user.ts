/** Actions of people and monitoring systems from outside the platform. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { apiOf, type Call } from "../../infra/api-client.ts";
import { listAlertsContract } from "../../shared/contracts/alerts/list-alerts.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import type { TestPlatform } from "../support/platform/platform.ts";

const ROOT = resolve(import.meta.dirname, "../..");

export function userOf({ url }: Pick<TestPlatform, "url">) {
  const call: Call = apiOf(url);
  return {
    call,
    alerts: (filter: { service?: string } = {}) =>
      all((cursor) => call(listAlertsContract, { query: { ...filter, ...cursor } }), "alerts"),
    incidents: (filter: { service?: string; team?: string } = {}) =>
      all((cursor) => call(listIncidentsContract, { query: { ...filter, ...cursor } }), "incidents"),
    notifications: (filter: { incident_id?: string } = {}) =>
      all((cursor) => call(listNotificationsContract, { query: { ...filter, ...cursor } }), "notifications"),
  };
}

/** Reads all pages of a list. */
async function all<Name extends string, Item>(
  load: (
    query: Record<string, string | number>,
  ) => Promise<Record<Name, Item[]> & { next_cursor: string | null }>,
  name: Name,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await load({ limit: 200, ...(cursor && { cursor }) });
    items.push(...page[name]);
    cursor = page.next_cursor;
  }
  return items;
}

/** Sends a JSON POST, like curl. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers,
    signal: AbortSignal.timeout(20_000),
  });
}

/** Runs `tasks` with limited concurrency. */
export async function sideBySide<T>(
  tasks: readonly T[],
  count: number,
  run: (task: T) => Promise<void>,
): Promise<void> {
  const left = tasks.values();
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (const task of left) await run(task);
    }),
  );
}

interface Ended {
  readonly code: number | null;
  /** Output of both streams. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a script of package.json next to the platform, with the same settings. */
export async function script(
  name: string,
  args: readonly string[],
  { url }: Pick<TestPlatform, "url">,
  env: Readonly<Record<string, string>> = {},
  stdin = "",
): Promise<Ended> {
  const port = Number(new URL(url).port);
  const ports = {
    HTTP_PORT: `${port}`,
    EMULATOR_PORT: `${port + 2}`,
    EXPORTER_PORT: `${port + 4}`,
  };
  const child = spawn(process.execPath, [join(ROOT, "cli.ts"), name, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...ports, ...env },
    stdio: "pipe",
  });
  child.stdin.end(stdin);
  let output = "";
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, output, stdout };
}
