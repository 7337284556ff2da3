import { expect, test } from "vitest";
import { aDraft, minutes, seconds } from "../../../tests/support/builders.ts";
import type { Dependency } from "../../../tests/support/memory/faults.ts";
import { expectSound } from "../../../tests/support/memory/outcome.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";

/** Fails every call to the outside until an instant, or those to one dependency. */
function outage(system: TestSystem, until: number, of?: Dependency): void {
  const fails = (on: Dependency) => system.now() < until && (of === undefined || on === of);
  system.faults.plan((_, on) => (fails(on) ? "fails" : undefined));
}

/** Instants at which the pages were delivered. */
async function sentAtOf({ pages, seen }: TestSystem): Promise<number[]> {
  const stored = await Promise.all(pages.map(({ id }) => seen.notifications.find(id)));
  return stored.map((notification) => notification?.sentAt ?? Number.NaN);
}

test.each([
  { name: "a second", ms: seconds(1), within: seconds(60) },
  { name: "ten minutes", ms: minutes(10), within: seconds(60) },
  { name: "six hours", ms: minutes(360), within: seconds(60) },
])(
  "after an outage of $name each alert pages within a minute, and nothing is a dead letter",
  async ({ ms, within }) => {
    const system = testSystem();
    await system.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey })));
    const backAt = system.now() + ms;
    outage(system, backAt);
    await system.settle({ within: ms + minutes(60) });

    expect(system.pages).toHaveLength(3);
    const first = Math.max(...system.pages.map(({ createdAt }) => createdAt));
    expect(first - backAt).toBeLessThanOrEqual(within);
    await expectSound(system);
  },
);

test("while only sending to queues fails for two hours nothing is given up, and everybody is paged after it", async () => {
  const system = testSystem();
  await system.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey })));
  await system.deliverOne("alerts");
  const backAt = system.now() + minutes(120);
  system.sqs.refuse(() => {
    if (system.now() < backAt)
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    return false;
  });
  await system.settle({ within: minutes(180) });

  expect(system.pages).toHaveLength(3);
  const sentAt = await sentAtOf(system);
  expect(Math.min(...sentAt)).toBeGreaterThanOrEqual(backAt);
  expect(Math.max(...sentAt) - backAt).toBeLessThanOrEqual(seconds(60));
  await expectSound(system);
});

test("pages that were queued before the database was away for six hours are delivered within two minutes of its return", async () => {
  const system = testSystem();
  await system.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey })));
  while ((await system.deliverOne("alerts")) || (await system.deliverOne("events")));
  expect(system.queue("notifications").messages).toHaveLength(3);
  const backAt = system.now() + minutes(360);
  outage(system, backAt, "table");
  await system.settle({ within: minutes(420) });

  const sentAt = await sentAtOf(system);
  expect(sentAt).toHaveLength(3);
  expect(Math.max(...sentAt) - backAt).toBeLessThanOrEqual(minutes(2));
  await expectSound(system);
});
