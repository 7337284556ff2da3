import type * as z from "zod";
import { readBody } from "../queue/consumer.ts";
import { redriveOnce } from "../queue/dead-letter.ts";
import { keys } from "../storage/keys.ts";
import { type QueueVariable, queueUrl } from "./config.ts";
import { clock, log, sqs } from "./system.ts";
import { table } from "./table.ts";

/**
 * Throws while the database is unavailable: redriven messages would fail again, and each is redriven only
 * once.
 */
async function databaseAnswers(): Promise<true> {
  await table().getAll([keys.listening()]);
  return true;
}

/**
 * Redrives dead letters that were never redriven, because the cause of their failures may be over.
 *
 * @param isWorthwhile returns true if another attempt of a message may succeed
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
