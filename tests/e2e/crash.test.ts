import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startPlatform, waitFor } from "../support/platform.ts";
import { sideBySide } from "./platform-user.ts";
import { expectNothingLost, stormOn } from "./storm.ts";

test("kill -9 in the middle of a storm loses nothing and repeats nothing", { timeout: 240_000 }, async () => {
  const platform = await startPlatform();
  onTestFinished(async () => void (await platform.stop()));
  const storm = stormOn(platform, 600, 20);

  const posting = sideBySide(storm.shots, 20, storm.fire);
  await waitFor(() => storm.accepted.size >= 200, 60_000);
  await platform.kill9();
  await posting;
  expect(storm.accepted.size).toBeLessThan(storm.shots.length);

  await platform.restart();
  await sideBySide(storm.repeatable(), 20, storm.fire);
  expect(storm.repeatable()).toEqual([]);
  await expectNothingLost(platform, storm);
});

test("a broker that dies again and again costs a 503, not an alert", { timeout: 240_000 }, async () => {
  const platform = await startPlatform();
  onTestFinished(async () => void (await platform.stop()));
  const storm = stormOn(platform, 400, 10);

  const posting = sideBySide(storm.shots, 10, storm.fire);
  await waitFor(() => storm.accepted.size >= 50, 60_000);
  // It is started again each time; gone for longer than a request's own retries last.
  await waitFor(() => {
    killBroker(platform.dataDir);
    return storm.refusals.length >= 5;
  }, 60_000);
  await posting;

  for (const { status, headers } of storm.refusals) {
    expect(status).toBe(503);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
  await waitFor(async () => {
    await sideBySide(storm.repeatable(), 10, storm.fire);
    return storm.repeatable().length === 0;
  }, 60_000);
  await expectNothingLost(platform, storm);
});

function killBroker(dataDir: string): void {
  try {
    process.kill(Number(readFileSync(join(dataDir, "sqs.pid"), "utf8")), "SIGKILL");
  } catch {
    // Between two lives.
  }
}
