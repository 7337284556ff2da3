import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Asks for one attribute of a queue: rejects unless SQS answers for it. */
export async function probeQueue(client: SQSClient, queueUrl: string): Promise<void> {
  await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }));
}
