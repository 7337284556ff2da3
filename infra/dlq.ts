/**
 * `npm run dlq -- list | show <queue> | redrive <queue>`: what the platform could not process, and another try.
 *
 * StartMessageMoveTask is not used: emulators don't have it.
 */
import { parseArgs } from "node:util";
import { Problem } from "../localstack/problem.ts";
import { list, redrive, show } from "./dlq/commands.ts";
import { findPair, type Pair, pairsOf } from "./dlq/pairs.ts";
import { sqsQueues } from "./dlq/sqs.ts";
import { loadSettings, orUsage, placeOf } from "./place.ts";

const usage = `npm run dlq -- list               every queue with its dead letters
npm run dlq -- show <queue>       what lies in its dead-letter queue, and stays there
npm run dlq -- redrive <queue>    back to where it came from
  --stage <stage>   default: STAGE, or local
  --limit <n>       so many messages at most; 100 to show, 1000 to redrive`;

loadSettings();
const { positionals, stage, limit } = orUsage(usage, readArguments);
const place = placeOf(stage, process.env);

await run().catch(place.fail);

async function run(): Promise<void> {
  const [command, name = ""] = positionals;
  const pairs = pairsOf(place.resources, place.prefix);
  const sqs = sqsQueues(place.sqs());
  if (command === "list") return list(sqs, pairs);
  if (command === "show") return show(sqs, named(pairs, name), limit ?? 100);
  if (command === "redrive") return redrive(sqs, named(pairs, name), limit ?? 1_000);
  throw new Problem(usage);
}

function named(pairs: readonly Pair[], name: string): Pair {
  const pair = findPair(pairs, name);
  if (pair) return pair;
  throw new Problem(`There is no queue "${name}"; there are ${pairs.map((known) => known.name).join(", ")}.`);
}

function readArguments() {
  const options = { stage: { type: "string" }, limit: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const limit = values.limit === undefined ? undefined : Number(values.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    throw new Error(`--limit takes a number above 0, not ${values.limit}`);
  }
  return { positionals, stage: values.stage || process.env.STAGE || "local", limit };
}
