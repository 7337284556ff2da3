/**
 * Writes, reads and sends back dead letters: messages that a consumer has given up, or that their queue has. Each lies
 * in a FIFO group of its own, so that none hides those behind it, and remembers the group that it came from.
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

/** Attributes that a dead letter has besides those of its message. */
const groupAttribute = "dead_letter_group";
const reasonAttribute = "dead_letter_reason";
/** Counts how often a message was sent back from the dead letters; it keeps this one. */
const redrivenAttribute = "redriven";
const reasonLength = 500;

/** Puts a message to the dead letters; the same one twice within five minutes is there once. @throws Unavailable */
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

/** Up to so many messages, oldest first as far as the queue tells; others don't see them for `heldSeconds`. */
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
  return all.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Shows messages to others again in a second. Not at once: the embedded emulator would lose them. */
export async function release(
  client: SQSClient,
  queueUrl: string,
  messages: readonly Pick<Message, "ReceiptHandle">[],
): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 1 }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

/** Sends before it deletes: dying in between leaves a message in both queues rather than in none. */
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

export interface RedriveOptions {
  readonly deadLetters: string;
  readonly queue: string;
  /** Decides whether another try of a message may help, by its body. */
  readonly isWorthwhile: (body: string) => Promise<boolean>;
  readonly clock: () => number;
}

/** Dead letters taken at a time. */
const perRound = 100;
/** Seconds that a run lasts at most; it begins no round after them. */
const runSeconds = 10;
/** Seconds for which a run holds what it leaves there, so that it comes to each dead letter once. */
const redriveHeldSeconds = 30;

/**
 * Sends back each worthwhile dead letter that was never sent back before: to the end of the queue, or until the time of
 * a run is over.
 *
 * @returns how many
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

/** The group that a dead letter's message was in; undefined in a standard queue. */
export function groupOf({ Attributes, MessageAttributes }: Message): string | undefined {
  return MessageAttributes?.[groupAttribute]?.StringValue ?? Attributes?.MessageGroupId;
}

/** Why its consumer gave a message up; undefined where its queue did. */
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
    // A new one, or the queue would take it for a repetition; the same each time this very message is sent on.
    ...(Attributes?.MessageDeduplicationId && { MessageDeduplicationId: `redrive-${MessageId}` }),
  };
}

/** Sends by the batch call, whose refusals are answers and not errors. @throws Unavailable */
async function sendOne(client: SQSClient, queueUrl: string, entry: SendMessageBatchRequestEntry) {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [entry] }),
  );
  if (Failed.length > 0) throw new Unavailable("The queue", { cause: new Error(Failed[0]?.Message) });
}

/** Sorts by when it was sent, then by its place in a FIFO queue. */
function placeOf({ Attributes }: Message): string {
  const { SentTimestamp = "", SequenceNumber = "" } = Attributes ?? {};
  return `${SentTimestamp.padStart(16, "0")} ${SequenceNumber.padStart(40, "0")}`;
}

/** A text as SQS takes it in an attribute: of certain characters, none cut in half, and not empty. */
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
