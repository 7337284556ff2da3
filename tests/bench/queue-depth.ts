import { setTimeout as delay } from "node:timers/promises";
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Returns true if a queue of the local platform has no message, not even one in progress. */
export async function isEmpty(sqs: SQSClient, queue: string): Promise<boolean> {
  await delay(20);
  const QueueName = `incident-platform-local-${queue}`;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes ?? {}).every((depth) => depth === "0");
}
