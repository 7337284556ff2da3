import { type PipelineQueue, pipelineQueues } from "../domain/pipeline/pipeline-queue.ts";
import { trackWaiting } from "./waiting-since.ts";

/** Messages of a queue and of its dead-letter queue. */
export interface QueueBacklog {
  readonly queue: PipelineQueue;
  readonly waiting: number;
  /** Messages that a consumer has received and not yet deleted. */
  readonly inFlight: number;
  /** True if messages waited and none was in flight, now and when the queue was read before. */
  readonly stopped: boolean;
  /** Time since which messages have been waiting without a break, as seen here; null if none wait. */
  readonly since: number | null;
  readonly deadLetters: number;
}

/** Counts of a queue. */
export interface QueueDepth {
  readonly waiting: number;
  readonly inFlight: number;
}

/** Counts messages. Rejects if the queue does not respond. */
export interface QueueDepths {
  depth(queue: PipelineQueue): Promise<QueueDepth>;
  deadLetters(queue: PipelineQueue): Promise<number>;
}

/** Returns a reader of all queues. Queues that don't respond are left out. */
/* @__NO_SIDE_EFFECTS__ */
export function backlogReader(depths: () => QueueDepths): (now: number) => Promise<readonly QueueBacklog[]> {
  const waitingSince = trackWaiting();
  const idle = new Set<PipelineQueue>();
  const read = async (queue: PipelineQueue, now: number): Promise<QueueBacklog> => {
    const [{ waiting, inFlight }, deadLetters] = await Promise.all([
      depths().depth(queue),
      depths().deadLetters(queue),
    ]);
    const isIdle = waiting > 0 && inFlight === 0;
    const stopped = isIdle && idle.has(queue);
    if (isIdle) idle.add(queue);
    else idle.delete(queue);
    return { queue, waiting, inFlight, stopped, since: waitingSince(queue, waiting, now), deadLetters };
  };
  return async (now) => {
    const found = await Promise.allSettled(pipelineQueues.map((queue) => read(queue, now)));
    return found.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  };
}
