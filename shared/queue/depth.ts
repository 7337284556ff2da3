import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";

const attributesSchema = z.object({ ApproximateNumberOfMessages: z.coerce.number().default(0) });

/**
 * Returns how many messages of a queue wait to be received. Delayed messages and those in flight don't wait.
 *
 * @throws if SQS does not respond within the timeout
 */
export async function waitingMessages(
  client: SQSClient,
  queueUrl: string,
  timeoutMs: number,
): Promise<number> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: ["ApproximateNumberOfMessages"],
  });
  const { Attributes } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
  return attributesSchema.parse(Attributes ?? {}).ApproximateNumberOfMessages;
}
