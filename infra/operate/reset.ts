/** `npm run reset`: deletes all data of a platform permanently. Use `npm run export` to keep a copy. */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Problem } from "../problem.ts";
import { queueInputs } from "../stack/cloudformation.ts";
import { purge, removeItems } from "./backup/empty.ts";
import { progressOn } from "./backup/progress.ts";
import { dataDirOf, emptyDataDir } from "./data-dir.ts";
import { loadSettings, orUsage, resolveTarget } from "./target.ts";

const usage = `npm run reset                     the embedded platform's data; it must not run
npm run reset -- --stage <stage> --yes-delete-everything-of <stage>
                                  every item and message of a stage on LocalStack or AWS`;

loadSettings();
const { values } = orUsage(usage, () =>
  parseArgs({
    options: { stage: { type: "string" }, "yes-delete-everything-of": { type: "string" } },
  }),
);
const stage = values.stage || process.env.STAGE || "local";
const target = resolveTarget(stage, process.env);

await (target.embedded ? resetEmbedded() : resetStage()).catch(target.fail);

async function resetEmbedded(): Promise<void> {
  const dataDir = dataDirOf(process.env.DATA_DIR);
  const left = await emptyDataDir(dataDir);
  console.log(`Nothing of the platform is left in ${dataDir}: the next npm start begins anew.`);
  if (left.length > 0) console.log(`Not the platform's, and left alone: ${left.join(", ")}`);
}

async function resetStage(): Promise<void> {
  // Requires the stage twice on the command line, so that neither a setting nor a repeated command is enough.
  if (values.stage !== stage || values["yes-delete-everything-of"] !== stage) {
    throw new Problem(
      `This deletes everything in ${target.description}. Nothing was deleted. If that is meant:\n\n` +
        `  npm run reset -- --stage ${stage} --yes-delete-everything-of ${stage}`,
    );
  }
  const progress = progressOn(process.stderr, () => performance.now());
  const sqs = target.sqs();
  const urls = await Promise.all(
    queueInputs(target.resources).map(async ({ name }) => {
      const { QueueUrl = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
      return QueueUrl;
    }),
  );
  // Queues first, so that waiting messages create no new items.
  await purge(sqs, urls);
  const documents = DynamoDBDocumentClient.from(target.dynamodb());
  const items = await removeItems(documents, target.tableName, delay, (count) =>
    progress.at("deleting", count),
  );
  progress.end(`${items.toLocaleString("en")} items and every message of ${target.description} deleted.`);
}
