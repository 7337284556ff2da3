/** `npm run export`: all items in the table of a stage, for `npm run import`. */
import { createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { formatBasicInstant } from "../../shared/domain/time.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { keys } from "../../shared/storage/keys.ts";
import { commandLine, createCommand } from "../command.ts";
import { Problem } from "../problem.ts";
import { withLatestEntries } from "./backup/audit-chain.ts";
import { exportText } from "./backup/format.ts";
import { progressOn } from "./backup/progress.ts";
import { queuedMessages } from "./backup/queued-messages.ts";
import { scan } from "./backup/scan.ts";
import { pairsOf } from "./dlq/pairs.ts";
import { sqsQueues } from "./dlq/sqs.ts";
import { addTargetOptions, openTarget, type Target, type TargetOptions } from "./target.ts";

export const command = addTargetOptions(
  createCommand("export", "Write all items of a platform's table to a file that import reads.", [
    ["", "Export the platform on this machine"],
    ["--stage prod backup.jsonl", "Export a stage on AWS to backup.jsonl"],
  ]),
)
  .argument(
    "[file]",
    "file to write, or - for standard output (default: incident-platform-<stage>-<time>.jsonl)",
  )
  .action(async (file: string | undefined, options: TargetOptions) => {
    const target = openTarget(options);
    await run(target, file).catch(target.fail);
  });

async function run(target: Target, given: string | undefined): Promise<void> {
  const { stage } = target;
  const now = Date.now();
  const progress = progressOn(process.stderr, () => performance.now());
  const file = given ?? `incident-platform-${stage}-${formatBasicInstant(now)}.jsonl`;
  if (file !== "-") assertReplaceable(file);
  const client = target.dynamodb();
  const documents = DynamoDBDocumentClient.from(client);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: target.tableName }));
  const table = dynamoTable(documents, target.tableName, Date.now);
  if (await table.get(keys.import())) {
    throw new Problem("An import into this platform is incomplete. Run it again first, then export.");
  }
  const queued = await queuedMessages(sqsQueues(target.sqs()), pairsOf(target.resources, target.prefix));

  let items = 0;
  const text = exportText(withLatestEntries(table, scan(documents, target.tableName)), {
    stage,
    now,
    written: (count) => {
      items = count;
      progress.at("exporting", items, Table?.ItemCount);
    },
  });
  const write = file === "-" ? pipeline(text, process.stdout, { end: false }) : replace(file, text);
  await write.catch((error: NodeJS.ErrnoException) => {
    if (!["open", "write", "rename"].includes(error.syscall ?? "")) throw error;
    const name = file === "-" ? "standard output" : file;
    throw new Problem(`Can't write to ${name} (${error.code}). The export is incomplete.`);
  });
  progress.end(
    `Exported ${items.toLocaleString("en")} items of ${target.description}${file === "-" ? "" : ` to ${file}`}.`,
  );
  if (queued.length > 0) {
    console.error(
      `Warning: queued messages are not included: ${queued.join(", ")}. Export again when the queues are empty ` +
        `(${commandLine("dlq", "list")}).`,
    );
  }
}

/** @throws Problem for a folder or a device, which a rename would replace */
export function assertReplaceable(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats || stats.isFile()) return;
  throw new Problem(`${file} is not a regular file. Use another name, or - for standard output.`);
}

/** Replaces the file once the export is complete. Only its owner can read it: it contains personal data and tokens. */
async function replace(file: string, text: AsyncIterable<string>): Promise<void> {
  const partial = `${file}.part`;
  try {
    await pipeline(text, createWriteStream(partial, { mode: 0o600 }));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const { path, message } = error as NodeJS.ErrnoException;
    throw path === partial ? new Problem(`The file ${file} can't be written: ${message}.`) : error;
  }
}
