import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Checks a queue by reading one attribute. Rejects if SQS does not return it. */
export async function probeQueue(client: SQSClient, queueUrl: string): Promise<void> {
  await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }));
}
