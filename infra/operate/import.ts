/** `npm run import`: fills an empty platform from an export, or imports from another on-call system. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { notificationQueue } from "../../shared/queue/queues.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { addSubcommand, createCommand } from "../command.ts";
import { addMigrateCommands, systemNames } from "../migrate/command.ts";
import { importFile } from "./backup/import.ts";
import { progressOn } from "./backup/progress.ts";
import { scan } from "./backup/scan.ts";
import { addTargetOptions, openTarget, type Target, type TargetOptions } from "./target.ts";
import { documentsOf } from "./target-table.ts";
import { textOfFile } from "./text-file.ts";

export const command = createCommand(
  "import",
  "Import an export of this platform, or one of another on-call system.",
  [
    ["backup.jsonl", "Import an export into an empty platform"],
    ["pagerduty export", "Show what an export of PagerDuty becomes, without writing"],
    ["pagerduty export --apply", "Create the missing items in the platform"],
  ],
);

addTargetOptions(
  addSubcommand(command, "file <file>", "import an export of this platform; - reads standard input", {
    isDefault: true,
  }),
)
  .allowExcessArguments()
  .action(async (file: string, options: TargetOptions, importing: Command) => {
    if (importing.args.length > 1) {
      importing.error(`error: give one file, or one of ${systemNames.join(", ")} and its export`);
    }
    const fault = file === "-" ? undefined : faultOf(file);
    if (fault) importing.error(`error: ${fault}`);
    const target = openTarget(options);
    const reading = file === "-" ? fromStandardInput(target) : run(target, file, file);
    await reading.catch(target.fail);
  });

addMigrateCommands(command);

/** Returns why the file can't be imported, or undefined. It is read several times, which a pipe doesn't allow. */
function faultOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return `file ${file} does not exist`;
  return stats.isFile() ? undefined : `${file} is not a regular file; use - to read standard input`;
}

async function run(target: Target, path: string, name: string): Promise<void> {
  const progress = progressOn(process.stderr, () => performance.now());
  const documents = documentsOf(target);
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
  const requeued = queued > 0 ? ` Requeued ${queued.toLocaleString("en")} pending notifications.` : "";
  progress.end(
    `Imported ${items.toLocaleString("en")} items of ${name} into ${target.description}.${requeued}`,
  );
}

/** Copies standard input to a file first, because the import reads it several times. */
async function fromStandardInput(target: Target): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "incident-platform-import-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "stdin.jsonl");
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  await run(target, path, "standard input");
}
