/**
 * In-memory SQS with the operations used by the producer, the consumer, Lambda's event source and the
 * exporter.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { minutes, seconds, sqsRecord } from "../builders.ts";

interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly groupId: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
}

export interface MemoryQueue {
  /** Unhandled messages in order of arrival. */
  readonly messages: readonly Message[];
  /**
   * Receives visible messages up to a maximum. Messages of a group are returned together, in order, one batch
   * at a time.
   */
  receive(maximum: number, heldMs?: number): SQSRecord[];
  remove(records: readonly Pick<SQSRecord, "messageId">[]): void;
  /** Redelivers a message, as at-least-once delivery allows. */
  duplicate(index: number): void;
}

export interface MemorySqs {
  readonly client: SQSClient;
  queue(url: string): MemoryQueue;
  /** Returns independent queues with the same messages, on a clock of their own. */
  copy(nowMs: () => number): MemorySqs;
  /** Returns a text that only queues in the same state share, apart from traces and from times that no consumer reads. */
  fingerprint(): string;
  /** Sets which entries of batches are rejected from the next call on. */
  refuse(isRefused: (entry: SendMessageBatchRequestEntry) => boolean): void;
  /** Makes receives and queue queries fail until it is called with undefined. */
  fail(failure: Error | undefined): void;
  /** Every batch sent, in order. */
  readonly batches: readonly (readonly SendMessageBatchRequestEntry[])[];
}

/** As in infra/stack/queues.yml. */
const maxReceiveCount = 1_000;
const visibilityMs = seconds(60);
const deduplicationMs = minutes(5);

type Contents = ReadonlyMap<string, QueueContent>;

/** @param contents of queues by URL */
export function memorySqs(nowMs: () => number, contents: Contents = new Map()): MemorySqs {
  const queues = new Map<string, ReturnType<typeof memoryQueue>>();
  const queueAt = (url: string): ReturnType<typeof memoryQueue> => {
    const bury = (message: Message) => queueAt(`${url}-dlq`).bury(message);
    const most = url.endsWith("-dlq") ? Number.POSITIVE_INFINITY : maxReceiveCount;
    const queue = queues.get(url) ?? memoryQueue(nowMs, most, bury, contents.get(url));
    queues.set(url, queue);
    return queue;
  };
  const present = (): Contents =>
    new Map([...contents, ...[...queues].map(([url, queue]) => [url, queue.content()] as const)]);
  let isRefused: (entry: SendMessageBatchRequestEntry) => boolean = () => false;
  const batches: SendMessageBatchRequestEntry[][] = [];

  const sendBatch = ({ input }: SendMessageBatchCommand): Partial<SendMessageBatchCommandOutput> => {
    const entries = input.Entries ?? [];
    batches.push(entries);
    if (entries.length > 10) throw new Error("TooManyEntriesInBatchRequest");
    const Failed = [];
    for (const entry of entries) {
      if (isRefused(entry)) Failed.push({ Id: entry.Id, Code: "InternalError", SenderFault: false });
      else queueAt(input.QueueUrl ?? "").add(entry);
    }
    return { Failed };
  };

  let failure: Error | undefined;
  let wake = Promise.withResolvers<void>();
  const wakeUp = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };

  /** Long poll: waits for a message, a failure, or an abort. */
  const receive = async (command: ReceiveMessageCommand, signal: AbortSignal | undefined) => {
    const { QueueUrl = "", MaxNumberOfMessages = 1, WaitTimeSeconds = 0, VisibilityTimeout } = command.input;
    const heldMs = VisibilityTimeout === undefined ? visibilityMs : seconds(VisibilityTimeout);
    for (;;) {
      signal?.throwIfAborted();
      if (failure) throw failure;
      const records = queueAt(QueueUrl).receive(MaxNumberOfMessages, heldMs);
      if (records.length > 0 || WaitTimeSeconds === 0) {
        const Messages = records.map(({ messageId, receiptHandle, body, attributes, messageAttributes }) => ({
          MessageId: messageId,
          ReceiptHandle: receiptHandle,
          Body: body,
          Attributes: attributes,
          MessageAttributes: Object.fromEntries(
            Object.entries(messageAttributes).map(([name, { dataType, stringValue }]) => [
              name,
              { DataType: dataType, StringValue: stringValue },
            ]),
          ),
        }));
        return { Messages };
      }
      signal?.addEventListener("abort", wakeUp, { once: true });
      await wake.promise;
    }
  };

  const attributesOf = (url: string) => {
    const { messages } = queueAt(url);
    const waiting = messages.filter(({ visibleAt }) => visibleAt <= nowMs());
    const later = messages.filter(({ visibleAt }) => visibleAt > nowMs());
    const inFlight = later.filter(({ receiveCount }) => receiveCount > 0).length;
    const isDeadLetter = url.endsWith("-dlq");
    return {
      ApproximateNumberOfMessages: `${waiting.length}`,
      ApproximateNumberOfMessagesNotVisible: `${inFlight}`,
      ApproximateNumberOfMessagesDelayed: `${later.length - inFlight}`,
      ...(!isDeadLetter && {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:region:account:${url}-dlq` }),
      }),
    };
  };

  const client = {
    async send(command: unknown, options?: { abortSignal?: AbortSignal }) {
      if (command instanceof SendMessageBatchCommand) {
        const answer = sendBatch(command);
        wakeUp();
        return answer;
      }
      if (command instanceof ReceiveMessageCommand) return receive(command, options?.abortSignal);
      if (command instanceof DeleteMessageBatchCommand) {
        const { QueueUrl = "", Entries = [] } = command.input;
        queueAt(QueueUrl).remove(
          Entries.map(({ ReceiptHandle = "" }) => ({ messageId: ReceiptHandle.replace("receipt-of-", "") })),
        );
        return {};
      }
      if (command instanceof DeleteMessageCommand) {
        const { QueueUrl = "", ReceiptHandle = "" } = command.input;
        queueAt(QueueUrl).remove([{ messageId: ReceiptHandle.replace("receipt-of-", "") }]);
        return {};
      }
      if (command instanceof GetQueueAttributesCommand) {
        if (failure) throw failure;
        return { Attributes: attributesOf(command.input.QueueUrl ?? "") };
      }
      if (command instanceof GetQueueUrlCommand) return { QueueUrl: command.input.QueueName };
      if (command instanceof ChangeMessageVisibilityCommand) {
        const { QueueUrl = "", ReceiptHandle = "", VisibilityTimeout = 0 } = command.input;
        queueAt(QueueUrl).show(ReceiptHandle, nowMs() + seconds(VisibilityTimeout));
        return {};
      }
      if (command instanceof ChangeMessageVisibilityBatchCommand) {
        const { QueueUrl = "", Entries = [] } = command.input;
        for (const { ReceiptHandle = "", VisibilityTimeout = 0 } of Entries)
          queueAt(QueueUrl).show(ReceiptHandle, nowMs() + seconds(VisibilityTimeout));
        return {};
      }
      throw new Error(`SQS in memory can't do ${String(command)}`);
    },
  } as unknown as SQSClient;

  return {
    client,
    queue: queueAt,
    copy: (clock) => memorySqs(clock, present()),
    fingerprint: () =>
      JSON.stringify(
        [...present()]
          .filter(([, { added }]) => added > 0)
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(([url, { messages, seen }]) => ({
            url,
            messages: messages.map(
              ({ messageId, sentAt, attributes: { traceparent, ...attributes }, ...rest }) => ({
                ...rest,
                attributes,
                ...(url === "alerts" && { sentAt }),
              }),
            ),
            seen: [...seen].filter(([, at]) => nowMs() - at < deduplicationMs),
          })),
      ),
    refuse(next) {
      isRefused = next;
    },
    fail(next) {
      failure = next;
      wakeUp();
    },
    batches,
  };
}

interface QueueContent {
  readonly messages: readonly Message[];
  /** Times of deduplication IDs by group. */
  readonly seen: ReadonlyMap<string, number>;
  /** Count of messages so far. */
  readonly added: number;
}

const emptyQueue: QueueContent = { messages: [], seen: new Map(), added: 0 };

/** @param bury moves messages with too many receives to the dead-letter queue */
function memoryQueue(
  nowMs: () => number,
  most: number,
  bury: (message: Message) => void,
  content = emptyQueue,
) {
  const messages = content.messages.map((message) => ({ ...message }));
  const seen = new Map(content.seen);
  let { added } = content;

  const drop = (message: Message): void => void messages.splice(messages.indexOf(message), 1);
  const isVisible = ({ visibleAt }: Message): boolean => visibleAt <= nowMs();

  return {
    messages,
    content: (): QueueContent => ({
      messages: messages.map((message) => ({ ...message })),
      seen: new Map(seen),
      added,
    }),
    bury(message: Message): void {
      messages.push({ ...message, sentAt: nowMs(), visibleAt: nowMs(), receiveCount: 0 });
    },
    add(entry: SendMessageBatchRequestEntry): void {
      const { MessageBody = "", MessageGroupId, MessageDeduplicationId, DelaySeconds = 0 } = entry;
      if (MessageDeduplicationId !== undefined) {
        const name = `${MessageGroupId}\n${MessageDeduplicationId}`;
        if (nowMs() - (seen.get(name) ?? Number.NEGATIVE_INFINITY) < deduplicationMs) return;
        seen.set(name, nowMs());
      }
      added += 1;
      messages.push({
        messageId: `message-${added}`,
        body: MessageBody,
        groupId: MessageGroupId,
        attributes: entry.MessageAttributes ?? {},
        sentAt: nowMs(),
        visibleAt: nowMs() + seconds(DelaySeconds),
        receiveCount: 0,
      });
    },
    receive(maximum: number, heldMs = visibilityMs): SQSRecord[] {
      const records: SQSRecord[] = [];
      const blocked = new Set(
        messages.filter((message) => !isVisible(message)).map(({ groupId }) => groupId),
      );
      for (const message of [...messages]) {
        const { groupId } = message;
        if (records.length === maximum) break;
        if (!isVisible(message) || (groupId !== undefined && blocked.has(groupId))) continue;
        if (message.receiveCount === most) {
          drop(message);
          bury(message);
          continue;
        }
        message.receiveCount += 1;
        message.visibleAt = nowMs() + heldMs;
        const { body, messageId, receiveCount, sentAt } = message;
        const record = sqsRecord(body, {
          messageId,
          receiveCount,
          sentAt,
          ...(groupId !== undefined && { groupId }),
        });
        const attributes = Object.entries(message.attributes).map(
          ([name, { DataType = "", StringValue }]) => [
            name,
            { dataType: DataType, stringValue: StringValue },
          ],
        );
        records.push({ ...record, messageAttributes: Object.fromEntries(attributes) });
      }
      return records;
    },
    remove(records: readonly Pick<SQSRecord, "messageId">[]): void {
      for (const { messageId } of records) {
        const message = messages.find((candidate) => candidate.messageId === messageId);
        if (message) drop(message);
      }
    },
    show(receiptHandle: string, visibleAt: number): void {
      const message = messages.find(({ messageId }) => receiptHandle === `receipt-of-${messageId}`);
      if (message) message.visibleAt = visibleAt;
    },
    duplicate(index: number): void {
      const message = messages[index % Math.max(1, messages.length)];
      if (!message) return;
      added += 1;
      messages.splice(messages.indexOf(message) + 1, 0, {
        ...message,
        messageId: `message-${added}`,
        // SQS counts every receive of a message.
        receiveCount: Math.max(1, message.receiveCount),
      });
    },
  };
}
