import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";

const count = z.coerce.number().default(0);
const attributesSchema = z.object({
  ApproximateNumberOfMessages: count,
  ApproximateNumberOfMessagesNotVisible: count,
});

/**
 * Returns how many messages of a queue wait to be received, and how many are in flight. Delayed messages are
 * neither.
 *
 * @throws if SQS does not respond within the timeout
 */
export async function depthOfQueue(
  client: SQSClient,
  queueUrl: string,
  timeoutMs: number,
): Promise<{ readonly waiting: number; readonly inFlight: number }> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
  });
  const { Attributes } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
  const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: inFlight } =
    attributesSchema.parse(Attributes ?? {});
  return { waiting, inFlight };
}
