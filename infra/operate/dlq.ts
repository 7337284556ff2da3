/**
 * `npm run dlq -- list | show | redrive | discard`: messages that could not be processed.
 *
 * StartMessageMoveTask is not used, because emulators do not support it.
 */
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { Problem } from "../problem.ts";
import { discardJournal } from "./dlq/audit.ts";
import { discard, list, redrive, show } from "./dlq/commands.ts";
import { lookByInspection, lookBySqs } from "./dlq/look.ts";
import { findPair, type Pair, pairsOf } from "./dlq/pairs.ts";
import { sqsQueues } from "./dlq/sqs.ts";
import { loadSettings, orUsage, resolveTarget } from "./target.ts";

const usage = `Usage:
npm run dlq -- list               every queue with its dead letters
npm run dlq -- show <queue>       what lies in its dead-letter queue, and stays there
npm run dlq -- redrive <queue>    back to where it came from
npm run dlq -- discard <queue> <message>
                                  deletes one for good; the audit log keeps what was in it
npm run dlq -- discard <queue> --all
                                  deletes all of them
  --stage <stage>   default: STAGE, or local
  --limit <n>       so many messages at most; 100 to show, 1000 to redrive or discard
  --yes             discards without asking`;

loadSettings();
const { positionals, stage, limit, all, yes } = orUsage(usage, readArguments);
const target = resolveTarget(stage, process.env);

await run().catch(target.fail);

async function run(): Promise<void> {
  const [command, name = "", message] = positionals;
  const pairs = pairsOf(target.resources, target.prefix);
  const client = target.sqs();
  const sqs = sqsQueues(client);
  const look = target.embedded ? lookByInspection(await endpointOf(client)) : lookBySqs(sqs);
  if (command === "list") return list(sqs, look, pairs);
  if (command === "show") return show(sqs, look, named(pairs, name), limit ?? 100);
  if (command === "redrive") return redrive(sqs, named(pairs, name), limit ?? 1_000);
  if (command === "discard" && (message === undefined) === all) {
    const pair = named(pairs, name);
    return discard({ sqs, writeDown: journal(), confirm }, pair, message ?? "all", limit ?? 1_000);
  }
  throw new Problem(usage);
}

function named(pairs: readonly Pair[], name: string): Pair {
  const pair = findPair(pairs, name);
  if (pair) return pair;
  throw new Problem(`There is no queue "${name}"; there are ${pairs.map((known) => known.name).join(", ")}.`);
}

async function endpointOf(client: ReturnType<typeof target.sqs>): Promise<string> {
  const { protocol, hostname, port } = (await client.config.endpoint?.()) ?? {};
  return `${protocol}//${hostname}:${port}`;
}

function journal() {
  const documents = DynamoDBDocumentClient.from(target.dynamodb(), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const actor = process.env.USER ? `npm run dlq, by ${process.env.USER}` : "npm run dlq";
  return discardJournal(dynamoTable(documents, target.tableName, Date.now), actor, process.env);
}

async function confirm(question: string): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new Problem(`${question} Nothing was discarded: add --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} Type yes: `);
  terminal.close();
  return answer.trim() === "yes";
}

function readArguments() {
  const options = {
    stage: { type: "string" },
    limit: { type: "string" },
    all: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const { all, yes } = values;
  const limit = values.limit === undefined ? undefined : Number(values.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    throw new Error(`--limit takes a number above 0, not ${values.limit}`);
  }
  return { positionals, stage: values.stage || process.env.STAGE || "local", limit, all, yes };
}
