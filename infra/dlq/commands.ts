import type { Message } from "@aws-sdk/client-sqs";
import type { Pair } from "./pairs.ts";
import type { SqsQueues } from "./sqs.ts";

/** Seconds that messages are held while they are looked at or sent on. */
const heldSeconds = 30;

/** Every queue with the depth of its dead-letter queue, and how old the oldest of a few of those is. */
export async function list(sqs: SqsQueues, pairs: readonly Pair[]): Promise<void> {
  const rows = await Promise.all(
    pairs.map(async ({ name, queue, deadLetterQueue }) => {
      const { waiting, inFlight, delayed } = await sqs.depth(queue);
      const dead = await sqs.depth(deadLetterQueue);
      const oldest = dead.waiting > 0 ? ageOf(await sqs.receive(deadLetterQueue, 1)) : "";
      return [name, waiting, inFlight, delayed, dead.waiting + dead.inFlight, oldest];
    }),
  );
  const header = ["queue", "waiting", "in flight", "delayed", "dead", "oldest seen"];
  for (const row of [header, ...rows]) {
    const cells = row.map((cell, column) => `${cell}`.padEnd(column === 0 ? 18 : 11));
    console.log(cells.join("").trimEnd());
  }
}

/** Prints up to `most` dead letters and leaves them where they are. */
export async function show(sqs: SqsQueues, { deadLetterQueue }: Pair, most: number): Promise<void> {
  const { waiting, inFlight } = await sqs.depth(deadLetterQueue);
  const total = waiting + inFlight;
  const seen: Message[] = [];
  try {
    while (seen.length < Math.min(most, total)) {
      const wanted = Math.min(10, most - seen.length);
      const messages = await sqs.receive(deadLetterQueue, heldSeconds, wanted);
      if (messages.length === 0) break;
      seen.push(...messages);
      for (const message of messages) console.log(describe(message));
    }
  } finally {
    await Promise.all(seen.map((message) => sqs.release(deadLetterQueue, message)));
  }
  console.log(`${deadLetterQueue}: ${seen.length} of ${total} shown, none taken.`);
  if (seen.length < total) console.log("The rest is behind these in their groups, or beyond --limit.");
}

/**
 * Sends up to `most` dead letters back, one by one, so that those of a group keep their order.
 * What dies again meanwhile is left for the next time.
 */
export async function redrive(sqs: SqsQueues, pair: Pair, most: number): Promise<void> {
  const { waiting, inFlight } = await sqs.depth(pair.deadLetterQueue);
  const wanted = Math.min(most, waiting + inFlight);
  let moved = 0;
  while (moved < wanted) {
    const messages = await sqs.receive(pair.deadLetterQueue, heldSeconds, Math.min(10, wanted - moved));
    if (messages.length === 0) break;
    for (const message of messages) {
      await sqs.move(message, pair.deadLetterQueue, pair.queue);
      moved += 1;
    }
  }
  console.log(`${moved} of ${waiting + inFlight} sent back to ${pair.queue}.`);
  if (moved < wanted) console.log("Somebody else holds the rest just now: try again in a minute.");
}

function describe(message: Message): string {
  const { MessageGroupId, ApproximateReceiveCount } = message.Attributes ?? {};
  const facts = [
    message.MessageId,
    `age ${ageOf([message])}`,
    `received ${ApproximateReceiveCount} times`,
    ...(MessageGroupId ? [`group ${MessageGroupId}`] : []),
  ];
  return `${facts.join(", ")}\n  ${printable(message.Body ?? "")}\n`;
}

/** What somebody sent must not steer the terminal that shows it. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "�");
}

/** Of the oldest; SQS counts from the first sending in standard queues, from the move here in FIFO ones. */
function ageOf(messages: readonly Message[]): string {
  if (messages.length === 0) return "unknown";
  const sentAt = Math.min(...messages.map(({ Attributes }) => Number(Attributes?.SentTimestamp)));
  const seconds = Math.max(0, Math.round((Date.now() - sentAt) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
