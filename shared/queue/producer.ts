import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { callOptions } from "../aws/call-options.ts";
import { leanClient } from "../aws/lean-client.ts";
import { Unavailable } from "../domain/errors.ts";
import { isTransientFault } from "../domain/transient-fault.ts";
import { currentContext } from "../telemetry/context.ts";

/** Limit of SendMessageBatch. */
const messagesPerBatch = 10;
/** SQS limits a batch to 1 MiB; the rest is left for attributes. */
const batchBytes = 1_000_000;
/** Consecutive attempts without progress. */
const attempts = 3;
/** Maximum wait before the second attempt; twice as long before the third. */
const backOffMs = 50;

export interface OutgoingMessage<T> {
  readonly body: T;
  /** FIFO queues only: messages of a group stay in order. */
  readonly groupId?: string;
  /** FIFO queues only: duplicates within five minutes are dropped. */
  readonly deduplicationId?: string;
  readonly delaySeconds?: number;
  /** Trace of the message. Default: the current trace. */
  readonly traceparent?: string | undefined;
}

export function createSqsClient(): SQSClient {
  return leanClient(
    new SQSClient({
      ...callOptions,
      // Use the configured endpoint, because queue URLs may contain a host that only the emulator can resolve.
      useQueueUrlAsEndpoint: false,
    }),
  );
}

/**
 * Sends messages in order. Entries of one group never overtake each other.
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
    // A rejected message holds back the later ones of its group.
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

/** AWS adds the X-Ray header itself if tracing is on. */
function traceAttribute(
  traceparent: string | undefined,
): Pick<SendMessageBatchRequestEntry, "MessageAttributes"> {
  if (traceparent === undefined) return {};
  return { MessageAttributes: { traceparent: { DataType: "String", StringValue: traceparent } } };
}

/**
 * SQS rejects two characters that JSON allows, and its emulators reject all surrogate pairs. They are
 * therefore sent as escape sequences.
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
 * Retries rejected entries, except those overtaken by others of their group, which are left to the caller.
 *
 * @returns the IDs that were not sent
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
      if (!isTransientFault(error)) throw error;
      break;
    }
  }
  return [...pending, ...overtaken].map(({ Id }) => Id ?? "");
}

async function backOff(attempt: number): Promise<void> {
  const waitMs = Math.random() * backOffMs * 2 ** (attempt - 2);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** Sends all messages or fails. @throws Unavailable */
export async function sendEach<T>(
  client: SQSClient,
  queueUrl: string,
  schema: z.ZodType<T>,
  messages: readonly OutgoingMessage<T>[],
): Promise<void> {
  const failed = await sendAll(client, queueUrl, schema, messages);
  if (failed.size > 0) throw new Unavailable("The queue");
}
