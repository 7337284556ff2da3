import type * as z from "zod";
import { readBody } from "../queue/consumer.ts";
import { redriveOnce } from "../queue/dead-letter.ts";
import { keys } from "../storage/keys.ts";
import { type QueueVariable, queueUrl } from "./config.ts";
import { clock, log, sqs } from "./system.ts";
import { table } from "./table.ts";

/** Throws while the database is away: what is sent back would fail again, and each is sent back once. */
async function databaseAnswers(): Promise<true> {
  await table().getAll([keys.listening()]);
  return true;
}

/**
 * Sends dead letters back to their queue that were never sent back: the cause of their failures may have passed.
 *
 * @param isWorthwhile decides whether another try of a message may help
 */
export async function redriveDeadLetters<T>(
  { queue, deadLetters }: { readonly queue: QueueVariable; readonly deadLetters: QueueVariable },
  schema: z.ZodType<T>,
  isWorthwhile: (message: T) => Promise<boolean> = databaseAnswers,
): Promise<void> {
  const count = await redriveOnce(sqs(), {
    deadLetters: queueUrl(deadLetters),
    queue: queueUrl(queue),
    clock,
    async isWorthwhile(body) {
      const message = readBody(schema, body);
      return message !== undefined && (await isWorthwhile(message));
    },
  });
  if (count > 0) log().warn("dead letters sent back", { count, queue: queue.replace(/_QUEUE_URL$/, "") });
}
