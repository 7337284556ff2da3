/** Queues that an alert passes through, in order. */
export const pipelineQueues = ["alerts", "incident events", "incident timers", "notifications"] as const;
export type PipelineQueue = (typeof pipelineQueues)[number];

/** Messages of a queue and of its dead-letter queue. */
export interface QueueBacklog {
  readonly queue: PipelineQueue;
  readonly waiting: number;
  /** Time since which messages have been waiting without a break, as seen here; null if none wait. */
  readonly since: number | null;
  readonly deadLetters: number;
}

/** Counts waiting messages. Rejects if the queue does not respond. */
export interface QueueDepths {
  waiting(queue: PipelineQueue): Promise<number>;
  deadLetters(queue: PipelineQueue): Promise<number>;
}

/** Returns a reader of all queues. Queues that don't respond are left out. */
/* @__NO_SIDE_EFFECTS__ */
export function backlogReader(depths: () => QueueDepths): (now: number) => Promise<readonly QueueBacklog[]> {
  const waitingSince = new Map<PipelineQueue, number>();
  const read = async (queue: PipelineQueue, now: number): Promise<QueueBacklog> => {
    const [waiting, deadLetters] = await Promise.all([depths().waiting(queue), depths().deadLetters(queue)]);
    if (waiting === 0) waitingSince.delete(queue);
    else if (!waitingSince.has(queue)) waitingSince.set(queue, now);
    return { queue, waiting, since: waitingSince.get(queue) ?? null, deadLetters };
  };
  return async (now) => {
    const found = await Promise.allSettled(pipelineQueues.map((queue) => read(queue, now)));
    return found.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  };
}
