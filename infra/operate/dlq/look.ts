/** Looks at the messages of a queue and leaves them there. */
import type { Message } from "@aws-sdk/client-sqs";
import type { SqsQueues } from "./sqs.ts";

export type Look = (queue: string, most: number) => Promise<readonly Message[]>;

/** Receives them and gives them back. SQS hands out up to ten messages of a FIFO group. */
export function lookBySqs(sqs: SqsQueues): Look {
  return async (queue, most) => {
    const messages = await sqs.receive(queue, most);
    await sqs.release(queue, messages);
    return messages;
  };
}

/** As the embedded emulator tells of its messages; by SQS it hands out one message of a FIFO group. */
interface Inspected {
  readonly messageId: string;
  readonly body: string;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
  readonly messageAttributes: NonNullable<Message["MessageAttributes"]>;
  readonly messageGroupId?: string;
  readonly sequenceNumber?: string;
}

/** Asks the embedded emulator, which shows all of them. */
export function lookByInspection(endpoint: string): Look {
  return async (queue, most) => {
    const response = await fetch(`${endpoint}/_fauxqs/queues/${queue}`);
    const { messages } = (await response.json()) as {
      messages: { ready: Inspected[]; delayed: Inspected[]; inflight: { message: Inspected }[] };
    };
    const all = [...messages.inflight.map(({ message }) => message), ...messages.ready, ...messages.delayed];
    return all
      .toSorted((a, b) => a.sentTimestamp - b.sentTimestamp)
      .slice(0, most)
      .map(toMessage);
  };
}

function toMessage(inspected: Inspected): Message {
  return {
    MessageId: inspected.messageId,
    Body: inspected.body,
    MessageAttributes: inspected.messageAttributes,
    Attributes: {
      SentTimestamp: `${inspected.sentTimestamp}`,
      ApproximateReceiveCount: `${inspected.approximateReceiveCount}`,
      ...(inspected.messageGroupId && { MessageGroupId: inspected.messageGroupId }),
      ...(inspected.sequenceNumber && { SequenceNumber: inspected.sequenceNumber }),
    },
  };
}
