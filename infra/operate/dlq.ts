/** `npm run dlq`: dead letters. StartMessageMoveTask is not used because emulators don't have it. */
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { addSubcommand, createCommand, parseCount } from "../command.ts";
import { Problem } from "../problem.ts";
import { commandActor } from "./command-journal.ts";
import { confirm } from "./confirm.ts";
import { deadLetterJournal } from "./dlq/audit.ts";
import { discard, redrive, show, summarize, summaryTable } from "./dlq/commands.ts";
import { findPair, type Pair, pairsOf } from "./dlq/pairs.ts";
import { type Peek, peekByInspection, peekBySqs } from "./dlq/peek.ts";
import { type SqsQueues, sqsQueues } from "./dlq/sqs.ts";
import { print } from "./print.ts";
import { addTargetOptions, openTarget, type Target } from "./target.ts";
import { tableOf } from "./target-table.ts";

export const command = addTargetOptions(
  createCommand("dlq", "Show, redrive or discard messages in dead-letter queues.", [
    ["list", "Show every queue with the number of its dead letters"],
    ["redrive alerts", "Send the dead letters of the queue alerts back to it"],
    ["discard alerts --all --yes", "Delete all dead letters of the queue alerts"],
  ]),
);

addSubcommand(command, "list", "show every queue with the number of its dead letters")
  .option("--json", "print JSON")
  .action(({ json = false }) =>
    work(async ({ sqs, peek, pairs }) => print(await summarize(sqs, peek, pairs), json, summaryTable)),
  );

addSubcommand(command, "show <queue>", "show messages in the dead-letter queue (read-only)")
  .option("--limit <n>", "maximum number of messages", parseCount, 100)
  .option("--json", "print JSON")
  .action((queue, { limit, json = false }) =>
    work(async ({ sqs, peek, pairs }) => show(sqs, peek, named(pairs, queue), limit, json)),
  );

addSubcommand(command, "redrive <queue>", "send dead letters back to their queue")
  .option("--limit <n>", "maximum number of messages", parseCount, 1_000)
  .action((queue, { limit }) =>
    work(({ sqs, pairs, target }) =>
      redrive({ sqs, journal: journalOf(target) }, named(pairs, queue), limit),
    ),
  );

addSubcommand(command, "discard <queue> [message]", "delete dead letters; the audit log keeps their content")
  .option("--all", "delete all messages in the dead-letter queue")
  .option("--limit <n>", "maximum number of messages", parseCount, 1_000)
  .option("--yes", "delete without a confirmation")
  .action((queue, message: string | undefined, { all = false, limit, yes = false }, discarding: Command) => {
    if ((message === undefined) !== all) discarding.error("error: give either a message ID or --all");
    return work(({ sqs, pairs, target }) =>
      discard(
        { sqs, journal: journalOf(target), confirm: (question) => agrees(question, yes) },
        named(pairs, queue),
        message ?? "all",
        limit,
      ),
    );
  });

interface Context {
  readonly target: Target;
  readonly sqs: SqsQueues;
  readonly peek: Peek;
  readonly pairs: readonly Pair[];
}

async function work(run: (context: Context) => Promise<void>): Promise<void> {
  const target = openTarget(command.opts());
  try {
    const client = target.sqs();
    const sqs = sqsQueues(client);
    await run({
      target,
      sqs,
      peek: target.embedded ? peekByInspection(await endpointOf(client)) : peekBySqs(sqs),
      pairs: pairsOf(target.resources, target.prefix),
    });
  } catch (error) {
    target.fail(error);
  }
}

function named(pairs: readonly Pair[], name: string): Pair {
  const pair = findPair(pairs, name);
  if (pair) return pair;
  throw new Problem(
    `Queue "${name}" does not exist. Use one of ${pairs.map((known) => known.name).join(", ")}.`,
  );
}

async function endpointOf(client: SQSClient): Promise<string> {
  const { protocol, hostname, port } = (await client.config.endpoint?.()) ?? {};
  return `${protocol}//${hostname}:${port}`;
}

function journalOf(target: Target) {
  return deadLetterJournal(tableOf(target), commandActor("dlq", process.env), process.env);
}

async function agrees(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new Problem(`${question} Nothing was discarded. Add --yes to confirm.`);
  return confirm(question);
}
