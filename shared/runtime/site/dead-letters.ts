import type { PipelineQueue } from "../../domain/pipeline-queue.ts";
import { inspectDeadLetters, redriveUpTo } from "../../queue/inspect-dead-letters.ts";
import { log, sqs } from "../system.ts";
import { queueUrls } from "./backlog.ts";

/** Dead letters that one form sends back. Further ones stay for the next. */
const redrivenAtOnce = 100;

export const readDeadLetters = (queue: PipelineQueue, most: number) =>
  inspectDeadLetters(sqs(), queueUrls(queue).deadLetters, most);

/** Sends dead letters back to their queue. @returns their number */
export async function redriveQueue(queue: PipelineQueue, actor: string): Promise<number> {
  const count = await redriveUpTo(sqs(), queueUrls(queue), redrivenAtOnce);
  log().warn("dead letters sent back", { count, queue, actor });
  return count;
}
