import * as z from "zod";
import { NotFound } from "../../../domain/errors.ts";
import { type PipelineQueue, pipelineQueues } from "../../../domain/pipeline/pipeline-queue.ts";

/** Name of a queue in a path: `incident-events`. */
export function pathOfQueue(queue: PipelineQueue): string {
  return queue.replace(" ", "-");
}

export const queueParams = z.object({ queue: z.string() });

/** @throws NotFound */
export function queueAt(path: string): PipelineQueue {
  const queue = pipelineQueues.find((known) => pathOfQueue(known) === path);
  if (!queue) throw new NotFound("queue", path);
  return queue;
}
