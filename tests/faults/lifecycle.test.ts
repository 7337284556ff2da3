import { onTestFailed, onTestFinished, test } from "vitest";
import { startPlatform } from "../support/platform/platform.ts";
import { startResponders } from "./lifecycle.ts";
import { killEverything } from "./processes.ts";
import { randomOf, seed } from "./seed.ts";

/** Most requests that are accepted between a start and the next kill. */
const mostBetween = 20;

async function killTimes(times: number, people: number): Promise<void> {
  const platform = await startPlatform({ env: { PAGES_PER_QUARTER_HOUR: "10000" } });
  onTestFinished(async () => void (await platform.stop()));
  onTestFailed(() => console.error(`To repeat: FAULT_SEED=${seed}\n${platform.output().slice(-4_000)}`));
  const random = randomOf("lifecycle");
  const responders = await startResponders(platform, people);
  for (let kill = 1; kill <= times; kill += 1) {
    await responders.accepts(Math.ceil(random() * mostBetween));
    await killEverything(platform);
    await platform.restart();
  }
  await responders.finish();
  const checked = await responders.expectNothingLost();
  console.info(`After ${times} kills: ${JSON.stringify(checked)}`);
}

test("kill -9 of everything loses no change of an incident", { tags: ["short"] }, () => killTimes(1, 3));

test("kill -9 of everything, 20 times, loses no change of an incident", { timeout: 1_800_000 }, () =>
  killTimes(20, 8),
);
