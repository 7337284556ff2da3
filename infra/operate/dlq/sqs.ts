import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { receiveAll, release, remove, sendBack } from "../../../shared/queue/dead-letter.ts";

/** Visibility timeout while messages are inspected or redriven. */
const heldSeconds = 60;

/** SQS operations for dead letters, by queue name. */
export function sqsQueues(sqs: SQSClient) {
  const urlOf = async (QueueName: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";

  return {
    urlOf,

    async depth(queue: string) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: await urlOf(queue), AttributeNames: ["All"] }),
      );
      return {
        waiting: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
      };
    },

    /** Receives messages, oldest first. After a crash they reappear within a minute. */
    async receive(queue: string, most: number): Promise<Message[]> {
      return receiveAll(sqs, await urlOf(queue), { most, heldSeconds, waitSeconds: 1 });
    },

    async release(queue: string, messages: readonly Message[]): Promise<void> {
      await release(sqs, await urlOf(queue), messages);
    },

    async remove(queue: string, message: Message): Promise<void> {
      await remove(sqs, await urlOf(queue), message);
    },

    async sendBack(message: Message, from: string, to: string): Promise<void> {
      await sendBack(sqs, message, { from: await urlOf(from), to: await urlOf(to) });
    },
  };
}

export type SqsQueues = ReturnType<typeof sqsQueues>;
