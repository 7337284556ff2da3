/**
 * Writes, reads and redrives dead letters: messages given up by a consumer or by their queue. Each is in a
 * FIFO group of its own, so that none hides those behind it, and stores its original group.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";
import { Unavailable } from "../domain/errors.ts";

/** Additional attributes of a dead letter. */
const groupAttribute = "dead_letter_group";
const reasonAttribute = "dead_letter_reason";
/** Number of redrives of a message, kept across redrives. */
const redrivenAttribute = "redriven";
const reasonLength = 500;

/**
 * Moves a message to the dead-letter queue, once even if called twice within five minutes. @throws
 * Unavailable
 */
export function giveUp(client: SQSClient, deadLetterQueueUrl: string) {
  return async (record: SQSRecord, reason: string): Promise<void> => {
    const { messageId, body, attributes, messageAttributes } = record;
    const { MessageGroupId } = attributes;
    const ownAttributes = Object.entries(messageAttributes).map(([name, value]) => [name, toSdk(value)]);
    const Entry: SendMessageBatchRequestEntry = {
      Id: "0",
      MessageBody: body,
      MessageAttributes: {
        ...Object.fromEntries(ownAttributes),
        [reasonAttribute]: text(attributeText(reason)),
        ...(MessageGroupId && { [groupAttribute]: text(MessageGroupId) }),
      },
      ...(MessageGroupId && { MessageGroupId: messageId, MessageDeduplicationId: messageId }),
    };
    await sendOne(client, deadLetterQueueUrl, Entry);
  };
}

/**
 * Receives up to a number of messages, oldest first if the queue provides the order. They stay invisible to
 * others for `heldSeconds`.
 */
export async function receiveAll(
  client: SQSClient,
  queueUrl: string,
  { most, heldSeconds, waitSeconds }: { most: number; heldSeconds: number; waitSeconds: number },
): Promise<Message[]> {
  const all: Message[] = [];
  while (all.length < most) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        VisibilityTimeout: heldSeconds,
        MaxNumberOfMessages: Math.min(10, most - all.length),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) break;
    all.push(...Messages);
  }
  return all.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** Makes messages visible again. */
export async function release(
  client: SQSClient,
  queueUrl: string,
  messages: readonly Pick<Message, "ReceiptHandle">[],
): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 0 }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

/**
 * Sends before it deletes, so that a crash in between leaves a message in both queues rather than in none.
 */
export async function sendBack(
  client: SQSClient,
  message: Message,
  queues: { readonly from: string; readonly to: string },
): Promise<void> {
  await sendOne(client, queues.to, { Id: "0", ...copyOf(message) });
  await remove(client, queues.from, message);
}

export async function remove(client: SQSClient, queueUrl: string, { ReceiptHandle }: Message): Promise<void> {
  await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
}

interface RedriveOptions {
  readonly deadLetters: string;
  readonly queue: string;
  /** Returns true if another attempt may succeed, based on the message body. */
  readonly isWorthwhile: (body: string) => Promise<boolean>;
  readonly clock: () => number;
}

/** Dead letters per round. */
const perRound = 100;
/** Maximum seconds per run. No round starts after them. */
const runSeconds = 10;
/** Seconds for which skipped dead letters stay invisible, so that a run visits each one once. */
const redriveHeldSeconds = 30;

/**
 * Redrives each worthwhile dead letter that was never redriven, until the queue is empty or the run's time is
 * over.
 *
 * @returns the number of redriven messages
 */
export async function redriveOnce(
  client: SQSClient,
  { deadLetters, queue, isWorthwhile, clock }: RedriveOptions,
): Promise<number> {
  const options = { most: perRound, heldSeconds: redriveHeldSeconds, waitSeconds: 0 };
  const endsAt = clock() + runSeconds * 1_000;
  const held = new Set<string>();
  let sent = 0;
  try {
    for (let found = true; found && clock() < endsAt; ) {
      const messages = await receiveAll(client, deadLetters, options);
      found = messages.length > 0;
      for (const { ReceiptHandle = "" } of messages) held.add(ReceiptHandle);
      for (const message of messages) {
        if (wasRedriven(message) || !(await isWorthwhile(message.Body ?? ""))) continue;
        await sendBack(client, message, { from: deadLetters, to: queue });
        held.delete(message.ReceiptHandle ?? "");
        sent += 1;
      }
    }
    return sent;
  } finally {
    await release(
      client,
      deadLetters,
      [...held].map((ReceiptHandle) => ({ ReceiptHandle })),
    );
  }
}

export function wasRedriven({ MessageAttributes }: Pick<Message, "MessageAttributes">): boolean {
  return MessageAttributes?.[redrivenAttribute] !== undefined;
}

/** Returns the original group of a dead letter; undefined for a standard queue. */
export function groupOf({ Attributes, MessageAttributes }: Message): string | undefined {
  return MessageAttributes?.[groupAttribute]?.StringValue ?? Attributes?.MessageGroupId;
}

/** Returns the reason for giving up a message; undefined if its queue gave it up. */
export function reasonOf({ MessageAttributes }: Message): string | undefined {
  return MessageAttributes?.[reasonAttribute]?.StringValue;
}

function copyOf(message: Message): Omit<SendMessageBatchRequestEntry, "Id"> {
  const { MessageId, Body, Attributes, MessageAttributes = {} } = message;
  const MessageGroupId = groupOf(message);
  const { [groupAttribute]: _group, [reasonAttribute]: _reason, ...own } = MessageAttributes;
  const redriven = Number(own[redrivenAttribute]?.StringValue ?? 0) + 1;
  return {
    MessageBody: Body ?? "",
    MessageAttributes: { ...own, [redrivenAttribute]: { DataType: "Number", StringValue: `${redriven}` } },
    ...(MessageGroupId && { MessageGroupId }),
    // A new ID, because the queue would drop the original one as a duplicate. Derived from the message, so
    // that it stays the same on retry.
    ...(Attributes?.MessageDeduplicationId && { MessageDeduplicationId: `redrive-${MessageId}` }),
  };
}

/** Uses the batch call, which returns rejections instead of throwing. @throws Unavailable */
async function sendOne(client: SQSClient, queueUrl: string, entry: SendMessageBatchRequestEntry) {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [entry] }),
  );
  if (Failed.length > 0) throw new Unavailable("The queue", { cause: new Error(Failed[0]?.Message) });
}

/** Sort key: time of sending, then position in a FIFO queue. */
function orderOf({ Attributes }: Message): string {
  const { SentTimestamp = "", SequenceNumber = "" } = Attributes ?? {};
  return `${SentTimestamp.padStart(16, "0")} ${SequenceNumber.padStart(40, "0")}`;
}

/** Converts a text to a valid SQS attribute: allowed characters, no unpaired surrogates, not empty. */
function attributeText(value: string): string {
  const allowed = value.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]+/gu, " ");
  return [...allowed.trim()].slice(0, reasonLength).join("") || "no reason";
}

function text(value: string): MessageAttributeValue {
  return { DataType: "String", StringValue: value };
}

function toSdk({ dataType, stringValue, binaryValue }: SQSMessageAttribute): MessageAttributeValue {
  return {
    DataType: dataType,
    ...(stringValue !== undefined && { StringValue: stringValue }),
    ...(binaryValue !== undefined && { BinaryValue: Buffer.from(binaryValue, "base64") }),
  };
}
