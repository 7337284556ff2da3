import type { Message } from "@aws-sdk/client-sqs";
import { groupOf, reasonOf } from "../../../shared/queue/dead-letter.ts";
import { Problem } from "../../problem.ts";
import { progressOn } from "../backup/progress.ts";
import { tableOf } from "../print.ts";
import type { DeadLetterJournal } from "./audit.ts";
import type { Pair } from "./pairs.ts";
import type { Peek } from "./peek.ts";
import type { SqsQueues } from "./sqs.ts";

interface QueueSummary {
  readonly queue: string;
  readonly waiting: number;
  readonly in_flight: number;
  readonly delayed: number;
  readonly dead: number;
  /** Age of the oldest of a few dead letters. */
  readonly oldest_dead: string | null;
}

/** Every queue with the depth of its dead-letter queue. */
export async function summarize(
  sqs: SqsQueues,
  peek: Peek,
  pairs: readonly Pair[],
): Promise<readonly QueueSummary[]> {
  return Promise.all(
    pairs.map(async ({ name, queue, deadLetterQueue }) => {
      const { waiting, inFlight, delayed } = await sqs.depth(queue);
      const { waiting: visible, inFlight: held } = await sqs.depth(deadLetterQueue);
      // A scheduled redrive may hold some for a moment.
      const dead = visible + held;
      return {
        queue: name,
        waiting,
        in_flight: inFlight,
        delayed,
        dead,
        oldest_dead: dead > 0 ? ageOf(await peek(deadLetterQueue, 1)) : null,
      };
    }),
  );
}

export function summaryTable(summaries: readonly QueueSummary[]): string {
  const header = ["queue", "waiting", "in flight", "delayed", "dead", "oldest seen"];
  const rows = summaries.map(({ queue, waiting, in_flight, delayed, dead, oldest_dead }) => [
    queue,
    waiting,
    in_flight,
    delayed,
    dead,
    oldest_dead ?? "",
  ]);
  return tableOf([header, ...rows], [18, 11, 11, 11, 11]);
}

/** Prints up to `most` dead letters and leaves them in the queue. */
export async function show(
  sqs: SqsQueues,
  peek: Peek,
  pair: Pair,
  most: number,
  json = false,
): Promise<void> {
  const total = await countOf(sqs, pair);
  const seen = await peek(pair.deadLetterQueue, most);
  if (json) return console.log(JSON.stringify({ total, messages: seen }, null, 2));
  for (const message of seen) console.log(describe(message));
  console.log(`Showed ${seen.length} of ${total} messages in ${pair.deadLetterQueue}.`);
  if (seen.length < total)
    console.log("The remaining messages are behind these in their groups, or above --limit.");
}

/** Sends up to `most` dead letters back, oldest first. One that fails again in the meantime stays for the next run. */
export async function redrive(
  { sqs, journal }: Pick<DiscardDeps, "sqs" | "journal">,
  pair: Pair,
  most: number,
): Promise<void> {
  const total = await countOf(sqs, pair);
  const count = Math.min(most, total);
  const progress = progressOn(process.stderr, () => performance.now());
  let moved = 0;
  try {
    await takeEach(sqs, pair, count, async (message) => {
      await sqs.sendBack(message, pair.deadLetterQueue, pair.queue);
      moved += 1;
      progress.at("redriving", moved, count, "messages");
    });
  } finally {
    progress.clear();
    if (moved > 0) await journal.redriven(pair.name, moved);
  }
  console.log(`Redrove ${moved} of ${total} messages to ${pair.queue}.`);
  if (moved < count) console.log(remainingInFlight);
}

interface DiscardDeps {
  readonly sqs: SqsQueues;
  readonly journal: DeadLetterJournal;
  /** Asks the person at the terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** Deletes a dead letter or all of them permanently. The audit log keeps the content. */
export async function discard(
  deps: DiscardDeps,
  pair: Pair,
  id: string | "all",
  most: number,
): Promise<void> {
  const total = await countOf(deps.sqs, pair);
  if (total === 0 && id === "all")
    return console.log(`${pair.deadLetterQueue} is empty. Nothing was discarded.`);
  const count = id === "all" ? Math.min(most, total) : 1;
  const discarded = await (id === "all"
    ? discardUpTo(deps, pair, count, total)
    : discardById(deps, pair, id, total));
  console.log(`Discarded ${discarded} of ${total} messages from ${pair.deadLetterQueue}.`);
  if (discarded < count) console.log(remainingInFlight);
}

/** @throws Problem unless the user confirms */
async function agree({ confirm }: DiscardDeps, { deadLetterQueue }: Pair, what: string): Promise<void> {
  if (await confirm(`Discard ${what} of ${deadLetterQueue} permanently?`)) return;
  throw new Problem("Nothing was discarded.");
}

async function discardUpTo(deps: DiscardDeps, pair: Pair, count: number, total: number): Promise<number> {
  await agree(deps, pair, `${count} of ${total} messages`);
  const progress = progressOn(process.stderr, () => performance.now());
  let discarded = 0;
  try {
    return await takeEach(deps.sqs, pair, count, async (message) => {
      await discardOne(deps, pair, message);
      discarded += 1;
      progress.at("discarding", discarded, count, "messages");
    });
  } finally {
    progress.clear();
  }
}

const remainingInFlight = "The remaining messages are in flight; try again in a minute.";

/** Asks for a confirmation only if the message exists, and holds it in the meantime. */
async function discardById(deps: DiscardDeps, pair: Pair, id: string, total: number): Promise<number> {
  const messages = await deps.sqs.receive(pair.deadLetterQueue, total);
  const found = messages.find(({ MessageId }) => MessageId === id);
  await deps.sqs.release(
    pair.deadLetterQueue,
    messages.filter((message) => message !== found),
  );
  if (!found) {
    throw new Problem(
      `Message ${id} is not available in ${pair.deadLetterQueue}. "show ${pair.name}" lists the messages.\n` +
        "A message behind another of its group becomes available when that one is gone.",
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

/** Records before it deletes: a crash in between leaves a recorded message in the queue. */
async function discardOne({ sqs, journal }: DiscardDeps, pair: Pair, message: Message): Promise<void> {
  await journal.discarded(pair.deadLetterQueue, message);
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
  const parts = [
    message.MessageId,
    `age ${ageOf([message])}`,
    ...(group ? [`group ${group}`] : []),
    ...(reason ? [`given up: ${printable(reason)}`] : []),
  ];
  return `${parts.join(", ")}\n  ${printable(message.Body ?? "")}\n`;
}

/** Replaces control characters, so that a message can't control the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "�");
}

/** Age of the oldest message, since it entered this queue; since it was first sent in standard queues that SQS moved it from. */
function ageOf(messages: readonly Message[]): string {
  if (messages.length === 0) return "unknown";
  const sentAt = Math.min(...messages.map(({ Attributes }) => Number(Attributes?.SentTimestamp)));
  const seconds = Math.max(0, Math.round((Date.now() - sentAt) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
