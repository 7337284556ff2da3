/** Reads the messages of a queue without removing them. */
import type { Message } from "@aws-sdk/client-sqs";
import type { SqsQueues } from "./sqs.ts";

export type Peek = (queue: string, most: number) => Promise<readonly Message[]>;

/** Receives the messages and releases them. SQS returns up to ten messages of a FIFO group. */
export function peekBySqs(sqs: SqsQueues): Peek {
  return async (queue, most) => {
    const messages = await sqs.receive(queue, most);
    await sqs.release(queue, messages);
    return messages;
  };
}

/**
 * Message in the embedded emulator's inspection API, which shows all messages. By SQS, the emulator returns
 * one message per FIFO group.
 */
interface Inspected {
  readonly messageId: string;
  readonly body: string;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
  readonly messageAttributes: NonNullable<Message["MessageAttributes"]>;
  readonly messageGroupId?: string;
  readonly sequenceNumber?: string;
}

/** Uses the embedded emulator's inspection API, which shows all messages. */
export function peekByInspection(endpoint: string): Peek {
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
