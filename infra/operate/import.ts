/**
 * `npm run import -- <file>`: imports an export into an empty platform.
 * `npm run import -- opsgenie|pagerduty|grafana-oncall <export>`: imports the configuration of another system.
 */
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { notificationQueue } from "../../shared/queue/queues.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { isSystem, migrate, migrateUsage } from "../migrate/command.ts";
import { exitOnProblem } from "../problem.ts";
import { importFile } from "./backup/import.ts";
import { progressOn } from "./backup/progress.ts";
import { scan } from "./backup/scan.ts";
import { loadSettings, orUsage, resolveTarget, type Target } from "./target.ts";
import { textOfFile } from "./text-file.ts";

const usage = `npm run import -- <file>     - for standard input
  --stage <stage>   default: STAGE, or local
${migrateUsage}`;

loadSettings();
const [first, ...words] = process.argv.slice(2);
if (isSystem(first)) await migrate(first, words, process.env, Date.now()).catch(exitOnProblem);
else await fromBackup();

async function fromBackup(): Promise<void> {
  const { stage, file } = orUsage(usage, readArguments);
  const target = resolveTarget(stage, process.env);
  const reading = file === "-" ? fromStandardInput(target) : run(target, file, file);
  await reading.catch(target.fail);
}

async function run(target: Target, path: string, name: string): Promise<void> {
  const progress = progressOn(process.stderr, () => performance.now());
  const documents = DynamoDBDocumentClient.from(target.dynamodb());
  const sqs = target.sqs();
  const { QueueUrl = "" } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: `${target.prefix}notifications` }),
  );
  const deps = {
    table: dynamoTable(documents, target.tableName, Date.now),
    pages: () => scan(documents, target.tableName),
    notificationQueue: notificationQueue(sqs, QueueUrl),
    clock: Date.now,
    pause: delay,
    done: progress.at,
  };
  const { items, queued } = await importFile(deps, {
    name,
    open: () => textOfFile(path),
  });
  const waiting = queued > 0 ? ` ${queued.toLocaleString("en")} notifications were waiting and go on.` : "";
  progress.end(
    `${items.toLocaleString("en")} items of ${name} imported into ${target.description}.${waiting}`,
  );
}

/** Stores standard input in a file, because the import reads it several times. */
async function fromStandardInput(target: Target): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "incident-platform-import-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "stdin.jsonl");
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  await run(target, path, "standard input");
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stage: { type: "string" } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error("One file is to be imported.");
  if (file !== "-" && !existsSync(file)) throw new Error(`There is no file ${file}.`);
  return { stage: values.stage || process.env.STAGE || "local", file };
}
