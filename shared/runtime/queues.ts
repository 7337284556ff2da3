import { lazy } from "../caching/lazy.ts";
import * as queues from "../queue/queues.ts";
import { queueUrl } from "./config.ts";
import { sqs } from "./system.ts";

export const alertQueue = lazy(() => queues.alertQueue(sqs(), queueUrl("ALERTS_QUEUE_URL")));
export const eventQueue = lazy(() => queues.eventQueue(sqs(), queueUrl("INCIDENT_EVENTS_QUEUE_URL")));
export const notificationQueue = lazy(() =>
  queues.notificationQueue(sqs(), queueUrl("NOTIFICATIONS_QUEUE_URL")),
);
/** Dead-letter queue of notifications, which keep the format of due notifications. */
export const notificationDeadLetters = lazy(() =>
  queues.notificationQueue(sqs(), queueUrl("NOTIFICATIONS_DEAD_LETTER_QUEUE_URL")),
);
export const timerQueue = lazy(() => queues.timerQueue(sqs(), queueUrl("INCIDENT_TIMERS_QUEUE_URL")));
export const telemetryQueue = lazy(() => queues.telemetryQueue(sqs(), queueUrl("TELEMETRY_QUEUE_URL")));
