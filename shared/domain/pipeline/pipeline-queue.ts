/** Queues that an alert passes through, in order. */
export const pipelineQueues = ["alerts", "incident events", "incident timers", "notifications"] as const;
export type PipelineQueue = (typeof pipelineQueues)[number];
