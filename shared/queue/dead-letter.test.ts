import { expect, test } from "vitest";
import { monday, sqsRecord } from "../../tests/support/builders.ts";
import { memorySqs } from "../../tests/support/memory/memory-sqs.ts";
import { giveUp, redriveOnce } from "./dead-letter.ts";

test.each([
  { reason: "", expected: "no reason" },
  { reason: " \n ", expected: "no reason" },
  { reason: "a\u0000b\u001b[31m\ufffe\uffffc", expected: "a b [31m c" },
  { reason: "half \ud83d", expected: "half \ufffd" },
  { reason: `${"x".repeat(499)}🚨🚨`, expected: `${"x".repeat(499)}🚨` },
])("the reason $reason is written so that SQS takes it", async ({ reason, expected }) => {
  const sqs = memorySqs(() => monday);
  await giveUp(sqs.client, "q-dlq")(sqsRecord("{}"), reason);
  const [entry] = sqs.batches.flat();
  expect(entry?.MessageAttributes?.dead_letter_reason?.StringValue).toBe(expected);
});

/** Dead letters of a queue: those that were sent back before, and behind them fresh ones. */
async function deadLetters({ old, fresh }: { readonly old: number; readonly fresh: number }) {
  let now = monday;
  const sqs = memorySqs(() => now);
  const redriven = { redriven: { dataType: "Number", stringValue: "1" } } as const;
  const put = giveUp(sqs.client, "q-dlq");
  for (let index = 0; index < old; index += 1)
    await put({ ...sqsRecord(`old ${index}`), messageAttributes: redriven }, "again");
  for (let index = 0; index < fresh; index += 1) await put(sqsRecord(`fresh ${index}`), "no luck");
  const redrive = (roundSeconds = 0) =>
    redriveOnce(sqs.client, {
      deadLetters: "q-dlq",
      queue: "q",
      isWorthwhile: async () => {
        now += roundSeconds * 1_000;
        return true;
      },
      clock: () => now,
    });
  const wait = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { sqs, redrive, wait };
}

test("a new dead letter is redriven regardless of earlier ones", async () => {
  const { sqs, redrive } = await deadLetters({ old: 250, fresh: 1 });
  expect(await redrive()).toBe(1);
  expect(sqs.queue("q").messages.map(({ body }) => body)).toEqual(["fresh 0"]);
  expect(sqs.queue("q-dlq").messages).toHaveLength(250);
  expect(sqs.queue("q-dlq").receive(250)).toHaveLength(250);
});

test("a run ends at its time limit, and the next one continues", async () => {
  const { redrive, wait } = await deadLetters({ old: 0, fresh: 150 });
  expect(await redrive(1)).toBe(100);
  wait(60);
  expect(await redrive()).toBe(50);
});
