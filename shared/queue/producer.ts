import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { Unavailable } from "../domain/errors.ts";
import { isPassingFault } from "../domain/passing-fault.ts";
import { callOptions } from "../domain/time-budget.ts";
import { currentContext } from "../telemetry/context.ts";

/** What one SendMessageBatch takes at most. */
const messagesPerBatch = 10;
/** A batch weighs at most 1 MiB on SQS; this leaves room for attributes. */
const batchBytes = 1_000_000;
/** Tries in a row that get none of the refused entries sent. */
const attempts = 3;
/** Longest wait before the second try; twice that before the third. */
const backOffMs = 50;

export interface OutgoingMessage<T> {
  readonly body: T;
  /** FIFO queues only: messages of a group stay in order. */
  readonly groupId?: string;
  /** FIFO queues only: a repetition within five minutes is dropped. */
  readonly deduplicationId?: string;
  readonly delaySeconds?: number;
  /** The trace it belongs to; that of the work at hand unless given. */
  readonly traceparent?: string | undefined;
}

export function createSqsClient(): SQSClient {
  return new SQSClient({
    ...callOptions,
    // The endpoint is configured; a queue's URL may name a host that only its emulator knows.
    useQueueUrlAsEndpoint: false,
  });
}

/**
 * Sends messages in their order; entries of one group never overtake each other.
 *
 * @returns the indexes of messages that were not sent
 */
export async function sendAll<T>(
  client: SQSClient,
  queueUrl: string,
  schema: z.ZodType<T>,
  messages: readonly OutgoingMessage<T>[],
): Promise<ReadonlySet<number>> {
  const entries = messages.map((message, index) => entryOf(schema, message, index));
  const failed = new Set<number>();
  for (const batch of batchesOf(entries)) {
    // A refused message holds back those behind it in its group.
    const refusedGroups = new Set(
      [...failed].map((index) => messages[index]?.groupId).filter((id) => id !== undefined),
    );
    const sendable = batch.filter(({ Id, MessageGroupId }) => {
      const held = MessageGroupId !== undefined && refusedGroups.has(MessageGroupId);
      if (held) failed.add(Number(Id));
      return !held;
    });
    for (const id of await sendBatch(client, queueUrl, sendable)) failed.add(Number(id));
  }
  return failed;
}

function entryOf<T>(
  schema: z.ZodType<T>,
  message: OutgoingMessage<T>,
  index: number,
): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: sqsText(JSON.stringify(z.encode(schema, message.body))),
    ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
    ...(message.deduplicationId !== undefined && { MessageDeduplicationId: message.deduplicationId }),
    ...(message.delaySeconds !== undefined && { DelaySeconds: message.delaySeconds }),
    ...traceAttribute(message.traceparent ?? currentContext()?.traceparent),
  };
}

/** X-Ray's own header is added by AWS where tracing is on. */
function traceAttribute(
  traceparent: string | undefined,
): Pick<SendMessageBatchRequestEntry, "MessageAttributes"> {
  if (traceparent === undefined) return {};
  return { MessageAttributes: { traceparent: { DataType: "String", StringValue: traceparent } } };
}

/**
 * SQS refuses two characters that JSON allows, and its emulators all that take two UTF-16 units; written as
 * escapes they pass.
 */
function sqsText(json: string): string {
  return json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

function batchesOf(entries: readonly SendMessageBatchRequestEntry[]): SendMessageBatchRequestEntry[][] {
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.MessageBody ?? "");
    const batch = batches.at(-1);
    if (!batch || batch.length === messagesPerBatch || bytes + size > batchBytes) {
      batches.push([entry]);
      bytes = size;
    } else {
      batch.push(entry);
      bytes += size;
    }
  }
  return batches;
}

/**
 * Refused entries are tried again, but for those that others of their group have overtaken: they are the
 * sender's to decide on.
 *
 * @returns the ids that were not sent
 */
async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  entries: readonly SendMessageBatchRequestEntry[],
): Promise<string[]> {
  let pending = [...entries];
  const overtaken: SendMessageBatchRequestEntry[] = [];
  for (let attempt = 1; pending.length > 0 && attempt <= attempts; attempt += 1) {
    if (attempt > 1) await backOff(attempt);
    try {
      const { Failed } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: pending }),
      );
      const refused = new Set((Failed ?? []).map(({ Id }) => Id));
      const { sent = [], again = [] } = Object.groupBy(pending, ({ Id }) =>
        refused.has(Id) ? "again" : "sent",
      );
      const isOvertaken = ({ MessageGroupId }: SendMessageBatchRequestEntry) =>
        MessageGroupId !== undefined && sent.some((other) => other.MessageGroupId === MessageGroupId);
      overtaken.push(...again.filter(isOvertaken));
      if (sent.length > 0) attempt = 0;
      pending = again.filter((entry) => !isOvertaken(entry));
    } catch (error) {
      if (!isPassingFault(error)) throw error;
      break;
    }
  }
  return [...pending, ...overtaken].map(({ Id }) => Id ?? "");
}

async function backOff(attempt: number): Promise<void> {
  const waitMs = Math.random() * backOffMs * 2 ** (attempt - 2);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** The same where nothing less than all will do. @throws Unavailable */
export async function sendEach<T>(
  client: SQSClient,
  queueUrl: string,
  schema: z.ZodType<T>,
  messages: readonly OutgoingMessage<T>[],
): Promise<void> {
  const failed = await sendAll(client, queueUrl, schema, messages);
  if (failed.size > 0) throw new Unavailable("The queue");
}
