import type { Message } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { succeeded, toRecord } from "./sqs-event.ts";

const message = (id: string): Message => ({
  MessageId: id,
  ReceiptHandle: `receipt-${id}`,
  Body: `body of ${id}`,
});

test("a record has Lambda's names; attributes of a message keep their types", () => {
  const received: Message = {
    ...message("1"),
    MD5OfBody: "abc",
    Attributes: { ApproximateReceiveCount: "2", SentTimestamp: "1700000000000", MessageGroupId: "group" },
    MessageAttributes: {
      trace: { DataType: "String", StringValue: "t-1" },
      raw: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 3]) },
    },
  };
  expect(toRecord(received, { arn: "arn:aws:sqs:eu-central-1:0:jobs", region: "eu-central-1" })).toEqual({
    messageId: "1",
    receiptHandle: "receipt-1",
    body: "body of 1",
    md5OfBody: "abc",
    attributes: received.Attributes,
    messageAttributes: {
      trace: { dataType: "String", stringValue: "t-1", stringListValues: [], binaryListValues: [] },
      raw: { dataType: "Binary", binaryValue: "AQID", stringListValues: [], binaryListValues: [] },
    },
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-central-1:0:jobs",
    awsRegion: "eu-central-1",
  });
});

describe("of a batch of three, what succeeded", () => {
  const batch = ["1", "2", "3"].map(message);
  const failures = (...ids: unknown[]) => ({
    batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
  });

  test.each([
    ["nothing returned: all", undefined, ["1", "2", "3"]],
    ["null: all", null, ["1", "2", "3"]],
    ["an empty list: all", failures(), ["1", "2", "3"]],
    ["a null list: all", { batchItemFailures: null }, ["1", "2", "3"]],
    ["one failure: the others", failures("2"), ["1", "3"]],
    ["all failures: none", failures("1", "2", "3"), []],
    ["an unknown id: none", failures("1", "unknown"), []],
    ["an empty id: none", failures(""), []],
    ["an id of null: none", failures(null), []],
    ["a misspelt key: none", { batchItemFailures: [{ itemIdentifer: "1" }] }, []],
    ["something that is no list: none", { batchItemFailures: "1" }, []],
  ])("%s", (_, answer, expected) => {
    expect(succeeded(batch, answer, true).map(({ MessageId }) => MessageId)).toEqual(expected);
  });

  test("is everything if the event doesn't ask for failures", () => {
    expect(succeeded(batch, failures("1"), false)).toEqual(batch);
  });
});
