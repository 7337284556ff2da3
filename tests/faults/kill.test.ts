import { onTestFinished, test } from "vitest";
import { startPlatform } from "../support/platform/platform.ts";
import { type Helper, killAndAwaitNext, killEverything } from "./processes.ts";
import { startStorm } from "./storm.ts";

test("kill -9 of everything in a storm loses nothing and repeats nothing", { tags: ["short"] }, async () => {
  const platform = await startPlatform();
  onTestFinished(async () => void (await platform.stop()));
  const storm = await startStorm(platform);
  await storm.accepts(80);
  await killEverything(platform);
  await platform.restart();
  await storm.accepts(40);
  await storm.expectNothingLost({ answersAlways: false });
});

test("kill -9 of the gateway takes nothing else with it", async () => {
  const platform = await startPlatform();
  onTestFinished(async () => void (await platform.stop()));
  const storm = await startStorm(platform);
  await storm.accepts(80);
  await platform.kill9();
  await platform.restart();
  await storm.accepts(40);
  await storm.expectNothingLost({ answersAlways: false });
});

test.each<Helper>(["worker", "sqs", "dynamodb", "exporter"])(
  "kill -9 of the process %s, three times, costs a 503 at most",
  async (name) => {
    const platform = await startPlatform();
    onTestFinished(async () => void (await platform.stop()));
    const storm = await startStorm(platform);
    for (const _ of ["once", "again", "and again"]) {
      await storm.accepts(50);
      await killAndAwaitNext(platform, name);
    }
    await storm.accepts(50);
    await storm.expectNothingLost();
  },
);
