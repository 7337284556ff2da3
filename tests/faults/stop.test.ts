import { onTestFinished, test } from "vitest";
import { startPlatform } from "../support/platform/platform.ts";
import { withStopped } from "./processes.ts";
import { startStorm } from "./storm.ts";

test("processes that stop for a while in a storm cost a 503 at most, and that in time", {
  tags: ["short"],
}, async () => {
  const platform = await startPlatform();
  onTestFinished(async () => void (await platform.stop()));
  const storm = await startStorm(platform);
  await storm.accepts(40);
  await withStopped(platform, "sqs", () => storm.refuses(10));
  await storm.accepts(40);
  await withStopped(platform, "dynamodb", () => storm.refusesReaders(3));
  await storm.accepts(40);
  await withStopped(platform, "exporter", () => withStopped(platform, "worker", () => storm.accepts(120)));
  await storm.accepts(40);
  await storm.expectNothingLost();
});
