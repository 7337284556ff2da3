import { expect, test } from "vitest";
import { monday, sqsRecord } from "../../tests/support/builders.ts";
import { memorySqs } from "../../tests/support/memory-sqs.ts";
import { giveUp } from "./dead-letter.ts";

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
