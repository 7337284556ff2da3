import { expect, onTestFinished, test } from "vitest";
import { startOnePort } from "../support/platform/one-port.ts";
import { startPlatform } from "../support/platform/platform.ts";
import { startStorm } from "./storm.ts";
import { unreliableAws } from "./unreliable-aws.ts";

test("one of ten calls to AWS fails in a storm, which costs a 503 at most", async () => {
  await stormOver([], 400);
});

// Messages whose receiver had no answer come again a minute later.
test("the same if only receiving works", { tags: ["short"] }, async () => {
  await stormOver(["AmazonSQS.ReceiveMessage"], 150);
});

async function stormOver(spared: readonly string[], alerts: number): Promise<void> {
  const unreliable = unreliableAws(spared);
  const aws = await startOnePort(unreliable.interfere);
  onTestFinished(() => aws.stop());
  const platform = await startPlatform({ env: { AWS_ENDPOINT_URL: aws.url } });
  onTestFinished(async () => void (await platform.stop()));
  const storm = await startStorm(platform, aws.env);
  unreliable.disturb(0.1);
  await storm.accepts(alerts);
  unreliable.disturb(0);
  expect(unreliable.counts.size).toBe(6);
  await storm.expectNothingLost();
}
