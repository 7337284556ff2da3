import type { SQSClient } from "@aws-sdk/client-sqs";
import type * as z from "zod";
import type { Alert } from "../domain/alerts/alert.ts";
import { correlationKey } from "../domain/alerts/correlation.ts";
import type { AlertMessage } from "../domain/alerts/follow-up.ts";
import { isEmptyContext, type MessageContext } from "../domain/notifications/message-context.ts";
import { alertAccepted } from "../messages/alert-accepted.ts";
import { incidentChanged } from "../messages/incident-changed.ts";
import { notificationDue } from "../messages/notification-due.ts";
import { type Telemetry, telemetryRecorded } from "../messages/telemetry-recorded.ts";
import { timerDue } from "../messages/timer-due.ts";
import { currentContext } from "../telemetry/context.ts";
import type { AlertQueue } from "../use-cases/ports/alerts.ts";
import type { EventQueue, TimerQueue } from "../use-cases/ports/incidents.ts";
import type { NotificationQueue } from "../use-cases/ports/notifications.ts";
import { gather } from "./gather.ts";
import { groupIdOf } from "./group-id.ts";
import { type OutgoingMessage, sendAll, sendEach } from "./producer.ts";

export function alertQueue(client: SQSClient, queueUrl: string): AlertQueue {
  // Requests share a batch, and each message keeps its trace.
  const sendGathered = gather(
    async (messages: readonly OutgoingMessage<z.output<typeof alertAccepted>>[]) => {
      const failed = await sendAll(client, queueUrl, alertAccepted, messages);
      return messages.map((_, index) => !failed.has(index));
    },
  );
  async function send(
    alerts: readonly Alert[],
    bodies: readonly AlertMessage[],
  ): Promise<ReadonlySet<string>> {
    const traceparent = currentContext()?.traceparent;
    const sent = await sendGathered(
      bodies.map((body) => {
        const alert = "alert" in body ? body.alert : body.followUp.alert;
        return {
          body: { version: 1, ...body },
          groupId: groupIdOf(correlationKey(alert)),
          // Rules may send the alert on to another group.
          deduplicationId: alert.route ? `${alert.id}-routed` : alert.id,
          traceparent,
        };
      }),
    );
    return new Set(alerts.filter((_, index) => !sent[index]).map(({ id }) => id));
  }
  return {
    send: (alerts) =>
      send(
        alerts,
        alerts.map((alert) => ({ alert })),
      ),
    sendFollowUps: (followUps) =>
      send(
        followUps.map(({ alert }) => alert),
        followUps.map((followUp) => ({ followUp })),
      ),
  };
}

export function eventQueue(client: SQSClient, queueUrl: string): EventQueue {
  return {
    send: (events, labels) =>
      sendEach(
        client,
        queueUrl,
        incidentChanged,
        events.map((event) => ({
          body: { version: 1 as const, event, ...(labels && { labels }) },
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
        notifications.map(({ id, delaySeconds, context, ...rest }) => ({
          body: { version: 1 as const, notificationId: id, ...rest, context: known(context) },
          delaySeconds,
        })),
      ),
  };
}

/** Leaves out an empty context. */
function known(context: MessageContext | undefined): MessageContext | undefined {
  return context && !isEmptyContext(context) ? context : undefined;
}

export function telemetryQueue(
  client: SQSClient,
  queueUrl: string,
): { send(telemetry: Telemetry): Promise<void> } {
  return { send: (telemetry) => sendEach(client, queueUrl, telemetryRecorded, [{ body: telemetry }]) };
}

export function timerQueue(client: SQSClient, queueUrl: string): TimerQueue {
  return {
    send: (timer, delaySeconds) =>
      sendEach(client, queueUrl, timerDue, [{ body: { version: 1, timer }, delaySeconds }]),
  };
}
