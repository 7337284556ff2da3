import { expect, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { memorySqs } from "../../tests/support/memory/memory-sqs.ts";
import { inspectDeadLetters, redriveUpTo } from "./inspect-dead-letters.ts";
import { notificationQueue } from "./queues.ts";

const urls = { queue: "notifications", deadLetters: "notifications-dlq" };

test("dead letters stay in their queue when they are shown, and move when they are sent back", async () => {
  const sqs = memorySqs(() => monday);
  await notificationQueue(sqs.client, urls.deadLetters).send(
    ["ntf_1", "ntf_2", "ntf_3"].map((id) => ({ id, delaySeconds: 0 })),
  );
  const shown = await inspectDeadLetters(sqs.client, urls.deadLetters, 2);
  expect(shown).toMatchObject([
    { body: expect.stringContaining("ntf_1"), group: null, reason: null, wasRedriven: false },
    { body: expect.stringContaining("ntf_2") },
  ]);
  expect(sqs.queue(urls.deadLetters).messages).toHaveLength(3);
  const recorded: number[] = [];
  const record = async (count: number) => void recorded.push(count);
  expect(await redriveUpTo(sqs.client, urls, 2, record)).toBe(2);
  expect(recorded).toEqual([2]);
  expect(sqs.queue(urls.deadLetters).messages).toHaveLength(1);
  expect(await inspectDeadLetters(sqs.client, urls.queue, 10)).toMatchObject([
    { body: expect.stringContaining("ntf_1"), wasRedriven: true },
    { wasRedriven: true },
  ]);
});
