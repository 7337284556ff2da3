import type { Message } from "@aws-sdk/client-sqs";
import { groupOf, reasonOf } from "../../../shared/queue/dead-letter.ts";
import { Problem } from "../../problem.ts";
import type { WriteDown } from "./audit.ts";
import type { Look } from "./look.ts";
import type { Pair } from "./pairs.ts";
import type { SqsQueues } from "./sqs.ts";

/** Lists every queue with the depth of its dead-letter queue and the age of its oldest messages. */
export async function list(sqs: SqsQueues, look: Look, pairs: readonly Pair[]): Promise<void> {
  const rows = await Promise.all(
    pairs.map(async ({ name, queue, deadLetterQueue }) => {
      const { waiting, inFlight, delayed } = await sqs.depth(queue);
      const dead = await sqs.depth(deadLetterQueue);
      const oldest = dead.waiting > 0 ? ageOf(await look(deadLetterQueue, 1)) : "";
      return [name, waiting, inFlight, delayed, dead.waiting + dead.inFlight, oldest];
    }),
  );
  const header = ["queue", "waiting", "in flight", "delayed", "dead", "oldest seen"];
  for (const row of [header, ...rows]) {
    const cells = row.map((cell, column) => `${cell}`.padEnd(column === 0 ? 18 : 11));
    console.log(cells.join("").trimEnd());
  }
}

/** Prints up to `most` dead letters without removing them. */
export async function show(sqs: SqsQueues, look: Look, pair: Pair, most: number): Promise<void> {
  const total = await countOf(sqs, pair);
  const seen = await look(pair.deadLetterQueue, most);
  for (const message of seen) console.log(describe(message));
  console.log(`${pair.deadLetterQueue}: ${seen.length} of ${total} shown, none taken.`);
  if (seen.length < total) console.log("The rest is behind these in their groups, or beyond --limit.");
}

/** Redrives up to `most` dead letters, oldest first. Messages that fail again in the meantime stay. */
export async function redrive(sqs: SqsQueues, pair: Pair, most: number): Promise<void> {
  const total = await countOf(sqs, pair);
  const moved = await takeEach(sqs, pair, Math.min(most, total), (message) =>
    sqs.sendBack(message, pair.deadLetterQueue, pair.queue),
  );
  console.log(`${moved} of ${total} sent back to ${pair.queue}.`);
  if (moved < Math.min(most, total)) console.log(heldElsewhere);
}

export interface DiscardDeps {
  readonly sqs: SqsQueues;
  readonly writeDown: WriteDown;
  /** Asks the user for confirmation. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** Deletes one dead letter or all of them permanently. The audit log keeps their content. */
export async function discard(
  deps: DiscardDeps,
  pair: Pair,
  id: string | "all",
  most: number,
): Promise<void> {
  const total = await countOf(deps.sqs, pair);
  if (total === 0) return console.log(`${pair.deadLetterQueue} is empty. Nothing was discarded.`);
  const count = id === "all" ? Math.min(most, total) : 1;
  const discarded = await (id === "all"
    ? discardUpTo(deps, pair, count, total)
    : discardById(deps, pair, id, total));
  console.log(`${discarded} of ${total} discarded from ${pair.deadLetterQueue}.`);
  if (discarded < count) console.log(heldElsewhere);
}

/** @throws Problem unless the user confirms */
async function agree({ confirm }: DiscardDeps, { deadLetterQueue }: Pair, what: string): Promise<void> {
  if (await confirm(`Discard ${what} of ${deadLetterQueue} for good?`)) return;
  throw new Problem("Nothing was discarded.");
}

async function discardUpTo(deps: DiscardDeps, pair: Pair, count: number, total: number): Promise<number> {
  await agree(deps, pair, `${count} of ${total} messages`);
  return takeEach(deps.sqs, pair, count, (message) => discardOne(deps, pair, message));
}

const heldElsewhere = "The rest is held by another process. Try again in a minute.";

/** Asks only if the message exists, and keeps it invisible in the meantime. */
async function discardById(deps: DiscardDeps, pair: Pair, id: string, total: number): Promise<number> {
  const messages = await deps.sqs.receive(pair.deadLetterQueue, total);
  const found = messages.find(({ MessageId }) => MessageId === id);
  await deps.sqs.release(
    pair.deadLetterQueue,
    messages.filter((message) => message !== found),
  );
  if (!found) {
    throw new Problem(
      `There is no message ${id} at hand in ${pair.deadLetterQueue}: "show ${pair.name}" lists them.\n` +
        "One that is behind another of its group is at hand when that one is gone.",
    );
  }
  try {
    await agree(deps, pair, `message ${id}`);
  } catch (error) {
    await deps.sqs.release(pair.deadLetterQueue, [found]);
    throw error;
  }
  await discardOne(deps, pair, found);
  return 1;
}

/** Records the message before it deletes it, so that a crash in between loses nothing. */
async function discardOne({ sqs, writeDown }: DiscardDeps, pair: Pair, message: Message): Promise<void> {
  await writeDown(pair.deadLetterQueue, message);
  await sqs.remove(pair.deadLetterQueue, message);
}

/** Receives up to `most` messages one by one, oldest first, including those behind others of their group. */
async function takeEach(
  sqs: SqsQueues,
  { deadLetterQueue }: Pair,
  most: number,
  take: (message: Message) => Promise<void>,
): Promise<number> {
  let taken = 0;
  while (taken < most) {
    const messages = await sqs.receive(deadLetterQueue, most - taken);
    if (messages.length === 0) break;
    for (const message of messages) {
      await take(message);
      taken += 1;
    }
  }
  return taken;
}

async function countOf(sqs: SqsQueues, { deadLetterQueue }: Pair): Promise<number> {
  const { waiting, inFlight } = await sqs.depth(deadLetterQueue);
  return waiting + inFlight;
}

function describe(message: Message): string {
  const group = groupOf(message);
  const reason = reasonOf(message);
  const facts = [
    message.MessageId,
    `age ${ageOf([message])}`,
    ...(group ? [`group ${group}`] : []),
    ...(reason ? [`given up: ${printable(reason)}`] : []),
  ];
  return `${facts.join(", ")}\n  ${printable(message.Body ?? "")}\n`;
}

/** Removes control sequences, so that a message cannot manipulate the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "�");
}

/**
 * Returns the age of the oldest message, counted from its arrival in this queue. In standard queues that gave
 * up messages themselves, it is counted from the first send.
 */
function ageOf(messages: readonly Message[]): string {
  if (messages.length === 0) return "unknown";
  const sentAt = Math.min(...messages.map(({ Attributes }) => Number(Attributes?.SentTimestamp)));
  const seconds = Math.max(0, Math.round((Date.now() - sentAt) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
