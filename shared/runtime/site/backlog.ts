import type { PipelineQueue } from "../../domain/pipeline/pipeline-queue.ts";
import { depthOfQueue } from "../../queue/depth.ts";
import type { QueueDepths } from "../../use-cases/read-backlog.ts";
import { type QueueVariable, queueUrl } from "../config.ts";
import { sqs } from "../system.ts";

/** A page should not wait for a queue that does not respond. */
const timeoutMs = 1_500;

const urlsOf: Readonly<Record<PipelineQueue, readonly [queue: QueueVariable, deadLetters: QueueVariable]>> = {
  alerts: ["ALERTS_QUEUE_URL", "ALERTS_DEAD_LETTER_QUEUE_URL"],
  "incident events": ["INCIDENT_EVENTS_QUEUE_URL", "INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL"],
  "incident timers": ["INCIDENT_TIMERS_QUEUE_URL", "INCIDENT_TIMERS_DEAD_LETTER_QUEUE_URL"],
  notifications: ["NOTIFICATIONS_QUEUE_URL", "NOTIFICATIONS_DEAD_LETTER_QUEUE_URL"],
};

/** Returns the URLs of a queue and of its dead-letter queue. */
export function queueUrls(queue: PipelineQueue): { readonly queue: string; readonly deadLetters: string } {
  const [own, deadLetters] = urlsOf[queue];
  return { queue: queueUrl(own), deadLetters: queueUrl(deadLetters) };
}

/** Returns the depths of the queues that an alert passes through. */
export function queueDepths(): QueueDepths {
  return {
    depth: (queue) => depthOfQueue(sqs(), queueUrls(queue).queue, timeoutMs),
    async deadLetters(queue) {
      const { waiting, inFlight } = await depthOfQueue(sqs(), queueUrls(queue).deadLetters, timeoutMs);
      return waiting + inFlight;
    },
  };
}
