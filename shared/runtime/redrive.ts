import type * as z from "zod";
import { isReadable } from "../queue/consumer.ts";
import { redriveOnce } from "../queue/dead-letter.ts";
import { type QueueVariable, queueUrl } from "./config.ts";
import { log, sqs } from "./world.ts";

/** Sends dead letters back to their queue that were never sent back: the cause of their failures may have passed. */
export async function redriveDeadLetters<T>(
  { queue, deadLetters }: { readonly queue: QueueVariable; readonly deadLetters: QueueVariable },
  schema: z.ZodType<T>,
): Promise<void> {
  const count = await redriveOnce(sqs(), {
    deadLetters: queueUrl(deadLetters),
    queue: queueUrl(queue),
    isReadable: (body) => isReadable(schema, body),
  });
  if (count > 0) log().warn("dead letters sent back", { count, queue: queue.replace(/_QUEUE_URL$/, "") });
}
