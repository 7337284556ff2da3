import * as queues from "../queue/queues.ts";
import { queueUrl } from "./config.ts";
import { once } from "./once.ts";
import { sqs } from "./world.ts";

export const alertQueue = /* @__PURE__ */ once(() => queues.alertQueue(sqs(), queueUrl("ALERTS_QUEUE_URL")));
export const eventQueue = /* @__PURE__ */ once(() =>
  queues.eventQueue(sqs(), queueUrl("INCIDENT_EVENTS_QUEUE_URL")),
);
export const notificationQueue = /* @__PURE__ */ once(() =>
  queues.notificationQueue(sqs(), queueUrl("NOTIFICATIONS_QUEUE_URL")),
);
/** What was given up lies there as it would have come again. */
export const notificationDeadLetters = /* @__PURE__ */ once(() =>
  queues.notificationQueue(sqs(), queueUrl("NOTIFICATIONS_DEAD_LETTER_QUEUE_URL")),
);
export const timerQueue = /* @__PURE__ */ once(() =>
  queues.timerQueue(sqs(), queueUrl("INCIDENT_TIMERS_QUEUE_URL")),
);
export const telemetryQueue = /* @__PURE__ */ once(() =>
  queues.telemetryQueue(sqs(), queueUrl("TELEMETRY_QUEUE_URL")),
);
