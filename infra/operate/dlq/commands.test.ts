import type { Message } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notificationQueue } from "../../../shared/queue/queues.ts";
import { monday, seconds } from "../../../tests/support/builders.ts";
import { memorySqs } from "../../../tests/support/memory/memory-sqs.ts";
import { discard, redrive, summarize } from "./commands.ts";
import { sqsQueues } from "./sqs.ts";

const pair = { name: "notifications", queue: "notifications", deadLetterQueue: "notifications-dlq" };

beforeEach(() => void vi.spyOn(console, "log").mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

async function oneDeadLetter(answer: boolean) {
  const sqs = memorySqs(() => monday);
  await notificationQueue(sqs.client, pair.deadLetterQueue).send([{ id: "ntf_1", delaySeconds: 0 }]);
  const questions: string[] = [];
  const confirm = async (question: string) => {
    questions.push(question);
    return answer;
  };
  const recorded: string[] = [];
  const journal = {
    discarded: async (queue: string, { MessageId }: Message) => void recorded.push(`${queue} ${MessageId}`),
    redriven: async (queue: string, count: number) => void recorded.push(`${queue} ${count}`),
  };
  const deps = { sqs: sqsQueues(sqs.client), journal, confirm };
  const { messages } = sqs.queue(pair.deadLetterQueue);
  return {
    discard: (id: string) => discard(deps, pair, id, 10),
    redrive: () => redrive(deps, pair, 10),
    ...{ questions, messages, recorded },
  };
}

test("a message that a redrive holds counts as dead, and its age is shown", async () => {
  const sqs = memorySqs(() => monday);
  await notificationQueue(sqs.client, pair.deadLetterQueue).send([{ id: "ntf_1", delaySeconds: 0 }]);
  const queues = sqsQueues(sqs.client);
  const held = await queues.receive(pair.deadLetterQueue, 1);
  const sentAt = `${Date.now() - seconds(30)}`;
  const peek = async () => held.map((message) => ({ ...message, Attributes: { SentTimestamp: sentAt } }));
  expect(await summarize(queues, peek, [pair])).toEqual([
    {
      queue: "notifications",
      ...{ waiting: 0, in_flight: 0, delayed: 0, dead: 1 },
      oldest_dead: expect.stringMatching(/^3\d s$/),
    },
  ]);
});

test("a missing message is reported, without a prompt", async () => {
  const { discard, questions, messages } = await oneDeadLetter(true);
  await expect(discard("unknown")).rejects.toThrow("Message unknown is not available");
  expect(questions).toEqual([]);
  expect(messages).toMatchObject([{ visibleAt: monday }]);
});

test("a missing message is reported when the queue is empty", async () => {
  const { discard } = await oneDeadLetter(true);
  await discard("message-1");
  await expect(discard("message-1")).rejects.toThrow("Message message-1 is not available");
});

test("a redrive is recorded with its number of messages, and one without messages is not", async () => {
  const { redrive, messages, recorded } = await oneDeadLetter(true);
  await redrive();
  await redrive();
  expect([messages, recorded]).toEqual([[], ["notifications 1"]]);
});

test("a message is discarded after a confirmation", async () => {
  const { discard, questions, messages, recorded } = await oneDeadLetter(true);
  await discard("message-1");
  expect(questions).toEqual(["Discard message message-1 of notifications-dlq permanently?"]);
  expect(messages).toEqual([]);
  expect(recorded).toEqual(["notifications-dlq message-1"]);
});

test("a message that is not discarded is visible again at once", async () => {
  const { discard, messages } = await oneDeadLetter(false);
  await expect(discard("message-1")).rejects.toThrow("Nothing was discarded.");
  expect(messages).toMatchObject([{ visibleAt: monday }]);
});
