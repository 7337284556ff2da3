/** FIFO queues of the embedded SQS behave like those of AWS. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmulators, type TestEmulators, waitFor } from "../support/platform/platform.ts";

let emulators: TestEmulators;
let queue: string;
beforeAll(async () => {
  emulators = await startEmulators();
  queue = emulators.env.INCIDENT_EVENTS_QUEUE_URL ?? "";
});
afterAll(() => emulators.stop());

let group: string;
let groups = 0;
beforeEach(() => {
  groups += 1;
  group = `group-${groups}`;
});

async function send(bodies: readonly string[], to = group): Promise<void> {
  for (let from = 0; from < bodies.length; from += 10) {
    const Entries = bodies.slice(from, from + 10).map((body, index) => ({
      ...{ Id: `${index}`, MessageBody: body },
      ...{ MessageGroupId: to, MessageDeduplicationId: `${to}-${body}` },
    }));
    await emulators.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
  }
}

async function receive(options: { holdSeconds?: number; waitSeconds?: number } = {}): Promise<Message[]> {
  const { Messages = [] } = await emulators.sqs.send(
    new ReceiveMessageCommand({
      ...{ QueueUrl: queue, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All"] },
      ...{ VisibilityTimeout: options.holdSeconds ?? 60, WaitTimeSeconds: options.waitSeconds ?? 0 },
    }),
  );
  return Messages;
}

async function remove(messages: readonly Message[]): Promise<void> {
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
  await emulators.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue, Entries }));
}

const bodiesOf = (messages: readonly Message[]) => messages.map(({ Body = "" }) => Body);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

test("a receive is filled from one group, which is then locked until its messages are deleted", async () => {
  await send(numbers(12));
  await send(["other"], `${group}-other`);
  const first = await receive();
  expect(bodiesOf(first)).toEqual(numbers(10));
  const second = await receive();
  expect(bodiesOf(second)).toEqual(["other"]);
  await remove(first.slice(0, 9));
  expect(await receive()).toEqual([]);
  await remove([...first.slice(9), ...second]);
  const last = await receive();
  expect(bodiesOf(last)).toEqual(["11", "12"]);
  await remove(last);
});

test("messages whose visibility timeout ended are received again in their order, before later ones", async () => {
  await send(numbers(4));
  expect(bodiesOf(await receive({ holdSeconds: 1 }))).toEqual(numbers(4));
  await send(["5"]);
  const again = await receive({ waitSeconds: 10 });
  expect(bodiesOf(again)).toEqual(numbers(5));
  expect(again.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual([
    "2",
    "2",
    "2",
    "2",
    "1",
  ]);
  await remove(again);
});

test("a look without a visibility timeout shows one message, and locks no group", async () => {
  await send(numbers(3));
  for (let look = 1; look <= 2; look += 1) expect(bodiesOf(await receive({ holdSeconds: 0 }))).toEqual(["1"]);
  const all = await receive();
  expect(bodiesOf(all)).toEqual(numbers(3));
  await remove(all);
});

test("a broker that is killed between a receive and a delete delivers the rest again, in order", async () => {
  await send(numbers(12));
  const first = await receive();
  await remove(first.slice(0, 4));
  process.kill(emulators.children[1]?.pid ?? 0, "SIGKILL");
  let again: Message[] = [];
  await waitFor(async () => {
    again = await receive().catch(() => []); // The broker is starting.
    return again.length > 0;
  });
  expect(bodiesOf(again)).toEqual(numbers(12).slice(4));
  await remove(again);
  expect(await receive()).toEqual([]);
});

test("messages that are given back one by one are received again in their order, before later ones", async () => {
  await send(numbers(3));
  const first = await receive();
  await send(["4"]);
  for (const { ReceiptHandle } of first) {
    expect(await receive()).toEqual([]);
    const change = { QueueUrl: queue, ReceiptHandle, VisibilityTimeout: 0 };
    await emulators.sqs.send(new ChangeMessageVisibilityCommand(change));
  }
  const again = await receive();
  expect(bodiesOf(again)).toEqual(numbers(4));
  await remove(again);
});
