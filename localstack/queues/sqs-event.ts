/** Conversion between SQS messages and Lambda events and responses. Pure functions. */
import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";

export function toRecord(message: Message, source: { arn: string; region: string }): SQSRecord {
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: (message.Attributes ?? {}) as unknown as SQSRecord["attributes"],
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, toAttribute(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    ...(message.MD5OfMessageAttributes && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: source.arn,
    awsRegion: source.region,
  };
}

function toAttribute(value: MessageAttributeValue): SQSMessageAttribute {
  return {
    ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
    ...(value.BinaryValue !== undefined && {
      binaryValue: Buffer.from(value.BinaryValue).toString("base64"),
    }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType ?? "String",
  } as SQSMessageAttribute;
}

/**
 * Returns the messages that a function handled successfully, according to its response. As on Lambda, a
 * response with an unknown message ID fails the whole batch.
 */
export function succeeded(
  messages: readonly Message[],
  response: unknown,
  reportsFailures: boolean,
): readonly Message[] {
  if (!reportsFailures) return messages;
  const failures = (response as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return [];
  const known = new Set(messages.map((message) => message.MessageId));
  const failed = new Set(failures.map((failure) => failure?.itemIdentifier));
  if (![...failed].every((id) => known.has(id))) return [];
  return messages.filter((message) => !failed.has(message.MessageId));
}
