import { waitingMessages } from "../queue/depth.ts";
import type { PipelineQueue, QueueDepths } from "../use-cases/read-backlog.ts";
import { type QueueVariable, queueUrl } from "./config.ts";
import { sqs } from "./system.ts";

/** A page should not wait for a queue that does not respond. */
const timeoutMs = 1_500;

const urlsOf: Readonly<Record<PipelineQueue, readonly [queue: QueueVariable, deadLetters: QueueVariable]>> = {
  alerts: ["ALERTS_QUEUE_URL", "ALERTS_DEAD_LETTER_QUEUE_URL"],
  "incident events": ["INCIDENT_EVENTS_QUEUE_URL", "INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL"],
  "incident timers": ["INCIDENT_TIMERS_QUEUE_URL", "INCIDENT_TIMERS_DEAD_LETTER_QUEUE_URL"],
  notifications: ["NOTIFICATIONS_QUEUE_URL", "NOTIFICATIONS_DEAD_LETTER_QUEUE_URL"],
};

/** Returns the depths of the queues that an alert passes through. */
export function queueDepths(): QueueDepths {
  const countIn = (variable: QueueVariable) => waitingMessages(sqs(), queueUrl(variable), timeoutMs);
  return {
    waiting: (queue) => countIn(urlsOf[queue][0]),
    deadLetters: (queue) => countIn(urlsOf[queue][1]),
  };
}
