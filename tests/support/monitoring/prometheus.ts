/**
 * Real Prometheus and Alertmanager with the project's configuration, on other ports and with short intervals.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePorts, temporaryFolder, waitFor } from "../platform/platform.ts";

const root = resolve(import.meta.dirname, "../../..");

export function isInstalled(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

/** Runs a tool at the repository's root. @returns the output of both streams and the exit code */
export function run(
  command: string,
  args: readonly string[],
  input = "",
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, input, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
}

export interface Rule {
  readonly name: string;
  readonly query: string;
  readonly lastError: string;
}

export interface TestPrometheus {
  /** @throws for an invalid expression */
  query(expression: string): Promise<readonly Sample[]>;
  /** Returns the health of targets by job. */
  targets(): Promise<Readonly<Record<string, string>>>;
  rules(): Promise<readonly Rule[]>;
  /** Returns the URLs of its Alertmanagers. */
  alertmanagers(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * Starts Prometheus with the project's configuration and intervals of one second; addresses are `host:port`.
 */
export function startPrometheus(at: { exporter: string; alertmanager: string }): Promise<TestPrometheus> {
  const folder = temporaryFolder();
  cpSync(join(root, "monitoring/prometheus"), folder, { recursive: true });
  rewrite(join(folder, "prometheus.yml"), (text) => text.replaceAll("_interval: 15s", "_interval: 1s"));
  for (const [name, address] of Object.entries(at)) {
    rewrite(join(folder, `targets/${name}.yml`), () => `- targets: ["${address}"]\n`);
  }
  return startPrometheusIn(folder);
}

/** Starts Prometheus with these configuration files, including `prometheus.yml`. */
export function startPrometheusWith(files: Readonly<Record<string, string>>): Promise<TestPrometheus> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return startPrometheusIn(folder);
}

async function startPrometheusIn(folder: string): Promise<TestPrometheus> {
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const stop = await start(folder, `${url}/-/ready`, "prometheus", [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    "--rules.alert.resend-delay=1s",
    `--web.listen-address=127.0.0.1:${port}`,
  ]);

  async function api<T>(path: string, body?: URLSearchParams): Promise<T> {
    const response = await fetch(`${url}/api/v1/${path}`, body ? { method: "POST", body } : {});
    const answer = (await response.json()) as { status: string; error?: string; data: T };
    if (answer.status !== "success") throw new Error(`${answer.error}: ${body?.get("query") ?? path}`);
    return answer.data;
  }

  return {
    query: async (query) => (await api<{ result: Sample[] }>("query", new URLSearchParams({ query }))).result,
    async targets() {
      type Target = { labels: { job: string }; health: string };
      const { activeTargets } = await api<{ activeTargets: Target[] }>("targets");
      return Object.fromEntries(activeTargets.map(({ labels, health }) => [labels.job, health]));
    },
    async rules() {
      const { groups } = await api<{ groups: { rules: Partial<Rule>[] }[] }>("rules");
      return groups.flatMap(({ rules }) =>
        rules.map(({ name = "", query = "", lastError = "" }) => ({ name, query, lastError })),
      );
    },
    async alertmanagers() {
      const found = await api<{ activeAlertmanagers: { url: string }[] }>("alertmanagers");
      return found.activeAlertmanagers.map((alertmanager) => alertmanager.url);
    },
    stop,
  };
}

export interface TestAlertmanager {
  /** `host:port` */
  readonly address: string;
  /** Posts alerts like Prometheus. */
  post(
    alerts: readonly {
      labels: Record<string, string>;
      annotations: Record<string, string>;
      endsAt?: string;
    }[],
  ): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Alertmanager with the project's configuration, notifying the platform at this URL without delay. */
export function startAlertmanager(platformUrl: string): Promise<TestAlertmanager> {
  const config = readFileSync(join(root, "monitoring/alertmanager/alertmanager.yml"), "utf8");
  return startAlertmanagerWith(
    config
      .replace("http://127.0.0.1:8080", platformUrl)
      .replace(/group_wait: \w+/, "group_wait: 500ms")
      .replace(/group_interval: \w+/, "group_interval: 1s"),
  );
}

/** Starts Alertmanager with this configuration. */
export async function startAlertmanagerWith(config: string): Promise<TestAlertmanager> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "alertmanager.yml"), config);
  const port = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const stop = await start(folder, `http://${address}/-/ready`, "prometheus-alertmanager", [
    `--config.file=${folder}/alertmanager.yml`,
    `--storage.path=${folder}/data`,
    `--web.listen-address=${address}`,
    "--cluster.listen-address=",
  ]);
  return {
    address,
    async post(alerts) {
      const response = await fetch(`http://${address}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alerts),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    stop,
  };
}

/** Starts a process and waits until it responds. @returns a function that ends it and deletes its folder */
async function start(
  folder: string,
  readyUrl: string,
  command: string,
  args: readonly string[],
): Promise<() => Promise<void>> {
  const child: ChildProcess = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(async () => (await fetch(readyUrl)).ok, 20_000);
  } catch (cause) {
    await stop();
    throw new Error(`${command} did not start:\n${said}`, { cause });
  }
  return stop;
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}
