import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, test } from "vitest";
import { startPlatform, type TestPlatform, temporaryFolder, waitFor } from "../support/platform/platform.ts";
import { startStorm } from "./storm.ts";

const [libfaketime] = globSync("/usr/lib/*/faketime/libfaketimeMT.so.1");

test.for([
  { title: "an hour ahead", jumps: ["+3600"] },
  { title: "ahead and back by a minute", jumps: ["+60", "+0"] },
])("a clock that jumps $title in a storm loses nothing and repeats nothing", async ({ jumps }, { skip }) => {
  if (!libfaketime) return skip("No libfaketime: apt-get install faketime.");
  const clock = join(temporaryFolder(), "clock");
  const jump = (offset: string) => writeFileSync(clock, offset);
  jump("+0");
  const platform = await startPlatform({
    env: {
      LD_PRELOAD: libfaketime,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    },
  });
  onTestFinished(async () => void (await platform.stop()));
  const storm = await startStorm(platform);
  for (const offset of jumps) {
    await storm.accepts(60);
    jump(offset);
    await waitFor(async () => Math.abs((await secondsAhead(platform)) - Number(offset)) < 10);
  }
  await storm.accepts(60);
  await storm.expectNothingLost();
});

async function secondsAhead({ url }: TestPlatform): Promise<number> {
  const { headers } = await fetch(`${url}/health/alerts`);
  return (Date.parse(headers.get("date") ?? "") - Date.now()) / 1_000;
}
