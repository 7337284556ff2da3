/** `npm run reset`: deletes all data. `npm run export` keeps a copy. */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { commandLine, createCommand } from "../command.ts";
import { Problem } from "../problem.ts";
import { queueInputs } from "../stack/cloudformation.ts";
import { purge, removeItems } from "./backup/empty.ts";
import { progressOn } from "./backup/progress.ts";
import { confirm } from "./confirm.ts";
import { emptyDataDir } from "./data-dir.ts";
import { announceTarget, resolveTarget, type Target } from "./target.ts";
import { documentsOf } from "./target-table.ts";

const confirmation = "--yes-delete-everything-of";

export const command = createCommand("reset", "Delete all data of a platform permanently.", [
  ["", "Delete the data of the platform on this machine, which must be stopped"],
  [`--stage test ${confirmation} test`, "Delete all items and messages of a stage"],
])
  .option("--stage <stage>", "stage to empty (default: STAGE, or local)")
  .option("--yes", "delete the data on this machine without a question at a terminal")
  .option(`${confirmation} <stage>`, "confirms a stage on LocalStack or AWS: repeat its name")
  .action(async (options: ResetOptions) => {
    const target = resolveTarget(options, process.env);
    assertConfirmsStage(target.stage, options);
    announceTarget(target.embedded ? `data folder ${target.dataDir}` : target.description);
    await (target.embedded ? resetEmbedded(target, options) : resetStage(target, options)).catch(target.fail);
  });

interface ResetOptions {
  readonly stage?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly yesDeleteEverythingOf?: string | undefined;
}

/** @throws Problem if the confirmation names another stage than the one to empty */
export function assertConfirmsStage(stage: string, { yesDeleteEverythingOf }: ResetOptions): void {
  if (yesDeleteEverythingOf === undefined || yesDeleteEverythingOf === stage) return;
  throw new Problem(
    `${confirmation} names stage ${yesDeleteEverythingOf}, but the stage is ${stage}. Nothing was deleted. Select the stage with --stage.`,
  );
}

async function resetEmbedded({ dataDir }: Target, { yes = false }: ResetOptions): Promise<void> {
  if (!existsSync(dataDir)) return console.log(`${dataDir} does not exist. Nothing was deleted.`);
  if (!yes && process.stdin.isTTY && !(await confirm(`Delete all platform data in ${dataDir}?`))) {
    throw new Problem("Nothing was deleted.");
  }
  const left = await emptyDataDir(dataDir);
  console.log(`Deleted all platform data in ${dataDir}.`);
  if (left.length > 0) console.log(`Kept files that do not belong to the platform: ${left.join(", ")}`);
}

async function resetStage(target: Target, options: ResetOptions): Promise<void> {
  const { stage } = target;
  // Both options are required: a setting, or a command meant for another stage, must not delete anything.
  if (options.stage !== stage || options.yesDeleteEverythingOf !== stage) {
    throw new Problem(
      `This deletes everything in ${target.description}. Nothing was deleted. To confirm, run:\n\n` +
        `  ${commandLine("reset", `--stage ${stage} ${confirmation} ${stage}`)}`,
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
  // Queues first, because their messages create items.
  await purge(sqs, urls);
  const documents = documentsOf(target);
  const items = await removeItems(documents, target.tableName, delay, (count) =>
    progress.at("deleting", count),
  );
  progress.end(`Deleted ${items.toLocaleString("en")} items and all messages of ${target.description}.`);
}
