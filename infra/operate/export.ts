/** `npm run export -- [file]`: exports the table of a stage for `npm run import`. */
import { createWriteStream, renameSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { keys } from "../../shared/storage/keys.ts";
import { Problem } from "../problem.ts";
import { exportText } from "./backup/format.ts";
import { leftBehind } from "./backup/left-behind.ts";
import { progressOn } from "./backup/progress.ts";
import { scan } from "./backup/scan.ts";
import { pairsOf } from "./dlq/pairs.ts";
import { sqsQueues } from "./dlq/sqs.ts";
import { loadSettings, orUsage, resolveTarget } from "./target.ts";

const usage = `npm run export -- [file]          incident-platform-<stage>-<time>.jsonl unless given
npm run --silent export -- -      to standard output
  --stage <stage>   default: STAGE, or local`;

loadSettings();
const { values, positionals } = orUsage(usage, () =>
  parseArgs({ allowPositionals: true, options: { stage: { type: "string" } } }),
);
const stage = values.stage || process.env.STAGE || "local";
const now = Date.now();
const target = resolveTarget(stage, process.env);

await run().catch(target.fail);

async function run(): Promise<void> {
  const progress = progressOn(process.stderr, () => performance.now());
  const client = target.dynamodb();
  const documents = DynamoDBDocumentClient.from(client);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: target.tableName }));
  if (await dynamoTable(documents, target.tableName, Date.now).get(keys.import())) {
    throw new Problem(
      "An import did not come to its end here. Repeat it first: half a platform is no backup.",
    );
  }
  const behind = await leftBehind(sqsQueues(target.sqs()), pairsOf(target.resources, target.prefix));

  let items = 0;
  const text = exportText(scan(documents, target.tableName), {
    stage,
    now,
    written: (count) => {
      items = count;
      progress.at("exporting", items, Table?.ItemCount);
    },
  });
  const file = positionals[0] ?? `incident-platform-${stage}-${basicTime(now)}.jsonl`;
  if (file === "-") await pipeline(text, process.stdout, { end: false });
  else await replace(file, text);
  progress.end(
    `${items.toLocaleString("en")} items of ${target.description} exported${file === "-" ? "" : ` to ${file}`}.`,
  );
  if (behind.length > 0) {
    console.error(
      `Not among them is what waits in queues: ${behind.join(", ")}. Export again once they are empty (npm run dlq -- list).`,
    );
  }
}

/** Replaces the file only once it is complete. It contains user data and tokens. */
async function replace(file: string, text: AsyncIterable<string>): Promise<void> {
  const partial = `${file}.part`;
  try {
    await pipeline(text, createWriteStream(partial, { mode: 0o600 }));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Formats a time like 20260731T120000Z. */
function basicTime(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}
