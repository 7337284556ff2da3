import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Alert } from "../domain/alert.ts";
import { correlationKey } from "../domain/correlation.ts";
import { alertAccepted } from "../messages/alert-accepted.ts";
import { incidentChanged } from "../messages/incident-changed.ts";
import { notificationDue } from "../messages/notification-due.ts";
import { timerDue } from "../messages/timer-due.ts";
import type { AlertQueue, EventQueue, NotificationQueue, TimerQueue } from "../use-cases/ports.ts";
import { gather } from "./gather.ts";
import { groupIdOf } from "./group-id.ts";
import { sendAll, sendEach } from "./producer.ts";

export function alertQueue(client: SQSClient, queueUrl: string): AlertQueue {
  const sendGathered = gather(async (alerts: readonly Alert[]) => {
    const messages = alerts.map((alert) => ({
      body: { version: 1 as const, alert },
      groupId: groupIdOf(correlationKey(alert)),
      deduplicationId: alert.id,
    }));
    const failed = await sendAll(client, queueUrl, alertAccepted, messages);
    return alerts.map((_, index) => !failed.has(index));
  });
  return {
    async send(alerts) {
      const sent = await sendGathered(alerts);
      return new Set(alerts.filter((_, index) => !sent[index]).map(({ id }) => id));
    },
  };
}

export function eventQueue(client: SQSClient, queueUrl: string): EventQueue {
  return {
    send: (events) =>
      sendEach(
        client,
        queueUrl,
        incidentChanged,
        events.map((event) => ({
          body: { version: 1 as const, event },
          groupId: event.incidentId,
          deduplicationId: event.id,
        })),
      ),
  };
}

export function notificationQueue(client: SQSClient, queueUrl: string): NotificationQueue {
  return {
    send: (notifications) =>
      sendEach(
        client,
        queueUrl,
        notificationDue,
        notifications.map(({ id, delaySeconds }) => ({
          body: { version: 1 as const, notificationId: id },
          delaySeconds,
        })),
      ),
  };
}

export function timerQueue(client: SQSClient, queueUrl: string): TimerQueue {
  return {
    send: (timer, delaySeconds) =>
      sendEach(client, queueUrl, timerDue, [{ body: { version: 1, timer }, delaySeconds }]),
  };
}
