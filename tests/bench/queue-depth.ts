import { setTimeout as delay } from "node:timers/promises";
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { waitFor } from "../support/platform/platform.ts";

/** Queues from an alert to its pages. */
export const pipelineQueues = ["alerts.fifo", "incident-events.fifo", "notifications"] as const;

/** Returns the number of messages of a queue of the local platform, with those in progress. */
export async function depthOf(sqs: SQSClient, queue: string): Promise<number> {
  const QueueName = `incident-platform-local-${queue}`;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, depth) => sum + Number(depth), 0);
}

/** Returns true if a queue of the local platform has no message, not even one in progress. */
export async function isEmpty(sqs: SQSClient, queue: string): Promise<boolean> {
  await delay(20);
  return (await depthOf(sqs, queue)) === 0;
}

/** Waits until all alerts are processed and their pages are sent. */
export function pipelineIsEmpty(sqs: SQSClient, timeoutMs: number): Promise<void> {
  const empty = async () =>
    (await Promise.all(pipelineQueues.map((queue) => isEmpty(sqs, queue)))).every(Boolean);
  return waitFor(empty, timeoutMs);
}
