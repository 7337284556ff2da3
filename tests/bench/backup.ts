/** Throughput and memory of exports and imports. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { alertStore } from "../../shared/storage/alerts/alert-store.ts";
import { incidentEventStore } from "../../shared/storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../shared/storage/incidents/incident-store.ts";
import { notificationStore } from "../../shared/storage/notifications/notification-store.ts";
import type { Item, Table } from "../../shared/storage/table.ts";
import { aNotification, anEvent, anIncident, aRecordedAlert, monday } from "../support/builders.ts";
import { memoryTable } from "../support/memory/memory-table.ts";
import { startEmulators, type TestEmulators, temporaryFolder } from "../support/platform/platform.ts";
import { type Row, rounded } from "./report.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const section = "Backup (embedded emulators, one process)";
const itemsPerTransaction = 100;
/** Heap size smaller than the data, so that buffering all of it fails. */
const heapMegabytes = 64;

export async function measureBackup(incidents: number): Promise<Row[]> {
  const [from, to] = await Promise.all([startEmulators(), startEmulators()]);
  const folder = temporaryFolder();
  const file = join(folder, "export.jsonl");
  try {
    const items = await seed(from, incidents);
    const exported = await timed("export", file, from);
    const imported = await timed("import", file, to);
    const megabytes = statSync(file).size / 1_000_000;
    return [
      ...rowsOf("export", items, exported, `${items} items, ${rounded(megabytes)} MB`),
      ...rowsOf("import", items, imported, "checked first, line by line"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([from.stop(), to.stop()]);
  }
}

interface Run {
  readonly seconds: number;
  /** Maximum memory of the process. */
  readonly megabytes: number;
}

function rowsOf(what: string, items: number, { seconds, megabytes }: Run, beside: string): Row[] {
  return [
    { section, what, value: items / seconds, unit: "items/s", beside: `${beside}; ${rounded(seconds)} s` },
    {
      section,
      what: `  memory (RSS) at most, heap of ${heapMegabytes} MB`,
      value: megabytes,
      unit: "MB",
      aim: { most: 220 },
    },
  ];
}

/** Runs a command with a heap that would not hold the file. */
async function timed(command: "export" | "import", file: string, { env }: TestEmulators): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ["--max-semi-space-size=4", `--max-old-space-size=${heapMegabytes}`, join(ROOT, "cli.ts"), command, file],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const [[code], megabytes] = await Promise.all([once(child, "exit"), peakOf(child)]);
  if (code !== 0) throw new Error(`The ${command} ended with ${code}`);
  return { seconds: (performance.now() - startedAt) / 1_000, megabytes };
}

/** Reads the process's peak memory from the kernel while it runs. */
async function peakOf(child: ChildProcess): Promise<number> {
  let kib = 0;
  while (child.exitCode === null && child.signalCode === null) {
    kib = Math.max(kib, highWaterKib(child.pid));
    await delay(50);
  }
  return (kib * 1_024) / 1_000_000;
}

function highWaterKib(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Creates incidents with all their related items. @returns the number of items */
async function seed({ dynamodb, env }: TestEmulators, incidents: number): Promise<number> {
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  let pending: Item[] = [];
  let count = 0;
  const flush = async () => {
    const TransactItems = pending.map((Item) => ({ Put: { TableName: env.TABLE_NAME, Item } }));
    pending = [];
    await client.send(new TransactWriteCommand({ TransactItems }));
  };
  const write = async (items: readonly Item[]) => {
    for (const item of items) {
      count += 1;
      if (pending.push(item) === itemsPerTransaction) await flush();
    }
  };
  const table: Table = {
    ...memoryTable(Date.now),
    put: ({ item }) => write([item]),
    putAll: write,
    transact: (writes) => write(writes.flatMap((each) => ("item" in each ? [each.item] : []))),
  };
  const [stored, alerts, notifications] = [incidentStore(table), alertStore(table), notificationStore(table)];
  for (let number = 1; number <= incidents; number += 1) {
    const createdAt = monday + number * 1_000;
    // Separate services, so that correlation keys do not conflict in transactions.
    const incident = anIncident({ number, createdAt, service: `service-${number}` });
    const { id: incidentId } = incident;
    await stored.create(incident, `key#${number}`);
    await incidentEventStore(table).appendEvents(
      [1, 2, 3].map((at) => anEvent({ incidentId, at: createdAt + at })),
    );
    await alerts.record([1, 2].map((at) => aRecordedAlert({ incidentId, receivedAt: createdAt + at })));
    await notifications.create(aNotification({ incidentId, createdAt, status: "sent" }));
  }
  if (pending.length > 0) await flush();
  return count;
}
