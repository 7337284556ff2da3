import { type Message, ReceiveMessageCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toRecord } from "../../localstack/queues/sqs-event.ts";
import { giveUp, receiveAll, redriveOnce, remove } from "../../shared/queue/dead-letter.ts";
import { inspectDeadLetters } from "../../shared/queue/inspect-dead-letters.ts";
import { REGION, waitFor } from "../support/platform/platform.ts";
import { type SharedEmulators, sharedEmulators } from "../support/platform/shared-emulators.ts";

let emulators: SharedEmulators;
let queue: string;
let deadLetters: string;
beforeAll(async () => {
  emulators = await sharedEmulators();
  queue = emulators.env.INCIDENT_EVENTS_QUEUE_URL ?? "";
  deadLetters = emulators.env.INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL ?? "";
});
afterAll(() => emulators.stop());

test("dead letters go back once, in their order and into their group; what is unreadable or dies again stays", async () => {
  const { sqs } = emulators;
  await sendToQueue("one", "two", "unreadable", "three");
  let given = 0;
  await waitFor(async () => {
    for (const record of await receiveFromQueue()) {
      await giveUp(sqs, deadLetters)(record, "no luck");
      given += 1;
    }
    return given === 4;
  });

  expect(await redrive()).toBe(3);
  const back: SQSRecord[] = [];
  await waitFor(async () => {
    for (const record of await receiveFromQueue()) {
      back.push(record);
      await giveUp(sqs, deadLetters)(record, "again");
    }
    return back.length === 3;
  });
  expect(back.map(({ body }) => body)).toEqual(["one", "two", "three"]);
  for (const { attributes, messageAttributes } of back) {
    expect(attributes.MessageGroupId).toBe("incident");
    expect(Object.keys(messageAttributes).toSorted()).toEqual(["redriven", "traceparent"]);
  }

  expect(await redrive()).toBe(0);
  // A redrive holds them for a moment.
  await receiveAll(sqs, deadLetters, { most: 4, heldSeconds: 1, waitSeconds: 0 });
  const shown = await inspectDeadLetters(sqs, deadLetters, 4);
  expect(shown.map(({ body }) => body)).toEqual(["unreadable", "one", "two", "three"]);
  let left: readonly Message[] = [];
  await waitFor(async () => {
    left = await receiveAll(sqs, deadLetters, { most: 10, heldSeconds: 60, waitSeconds: 1 });
    return left.length === 4;
  });
  expect(left.map(({ Body }) => Body)).toEqual(["unreadable", "one", "two", "three"]);
  expect(left[1]?.MessageAttributes).toMatchObject({
    traceparent: { StringValue: "trace" },
    redriven: { StringValue: "1" },
    dead_letter_reason: { StringValue: "again" },
    dead_letter_group: { StringValue: "incident" },
  });
});

test("a message that is given up twice, because its deletion failed, is a dead letter once", async () => {
  const { sqs, env } = emulators;
  const url = env.ALERTS_DEAD_LETTER_QUEUE_URL ?? "";
  await sendToQueue("repeated");
  let record: SQSRecord | undefined;
  await waitFor(async () => {
    [record] = await receiveFromQueue();
    return record !== undefined;
  });
  for (const _ of ["once", "twice"]) if (record) await giveUp(sqs, url)(record, "no luck");
  expect(await receiveAll(sqs, url, { most: 10, heldSeconds: 1, waitSeconds: 0 })).toHaveLength(1);
});

function redrive(): Promise<number> {
  const isWorthwhile = async (body: string) => body !== "unreadable";
  return redriveOnce(emulators.sqs, { deadLetters, queue, isWorthwhile, clock: Date.now });
}

async function sendToQueue(...bodies: string[]): Promise<void> {
  const Entries = bodies.map((body, index) => ({
    Id: `${index}`,
    MessageBody: body,
    MessageGroupId: "incident",
    MessageDeduplicationId: body,
    MessageAttributes: { traceparent: { DataType: "String", StringValue: "trace" } },
  }));
  await emulators.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
}

/** Takes and deletes what is at hand. */
async function receiveFromQueue(): Promise<SQSRecord[]> {
  const { sqs } = emulators;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  for (const message of Messages) await remove(sqs, queue, message);
  return Messages.map((message) => toRecord(message, { arn: "arn", region: REGION }));
}
