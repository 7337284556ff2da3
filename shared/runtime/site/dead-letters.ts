import { redriveOf } from "../../domain/access/audit.ts";
import type { PipelineQueue } from "../../domain/pipeline/pipeline-queue.ts";
import { inspectDeadLetters, redriveUpTo } from "../../queue/inspect-dead-letters.ts";
import { recordChange } from "../stores.ts";
import { log, sqs } from "../system.ts";
import { queueUrls } from "./backlog.ts";

/** Dead letters that one form sends back. Further ones stay for the next. */
const redrivenAtOnce = 100;

export const readDeadLetters = (queue: PipelineQueue, most: number) =>
  inspectDeadLetters(sqs(), queueUrls(queue).deadLetters, most);

/** Sends dead letters back to their queue, and records it in the audit log. @returns their number */
export function redriveQueue(queue: PipelineQueue, actor: string): Promise<number> {
  return redriveUpTo(sqs(), queueUrls(queue), redrivenAtOnce, async (count) => {
    log().warn("dead letters sent back", { count, queue, actor });
    await recordChange(redriveOf(queue, count));
  });
}
