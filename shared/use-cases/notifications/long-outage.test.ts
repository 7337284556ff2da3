import { expect, test } from "vitest";
import { aDraft, minutes, seconds } from "../../../tests/support/builders.ts";
import type { Dependency } from "../../../tests/support/faults.ts";
import { expectSound } from "../../../tests/support/outcome.ts";
import { testWorld, type World } from "../../../tests/support/world.ts";

/** Fails every call to the outside until an instant, or those to one dependency. */
function outage(world: World, until: number, of?: Dependency): void {
  const fails = (on: Dependency) => world.now() < until && (of === undefined || on === of);
  world.faults.plan((_, on) => (fails(on) ? "fails" : undefined));
}

/** Instants at which the pages were delivered. */
async function sentAtOf({ pages, seen }: World): Promise<number[]> {
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
    const world = testWorld();
    await world.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey })));
    const backAt = world.now() + ms;
    outage(world, backAt);
    await world.settle({ within: ms + minutes(60) });

    expect(world.pages).toHaveLength(3);
    const first = Math.max(...world.pages.map(({ createdAt }) => createdAt));
    expect(first - backAt).toBeLessThanOrEqual(within);
    await expectSound(world);
  },
);

test("while only sending to queues fails for two hours nothing is given up, and everybody is paged after it", async () => {
  const world = testWorld();
  await world.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey })));
  await world.deliverOne("alerts");
  const backAt = world.now() + minutes(120);
  world.sqs.refuse(() => {
    if (world.now() < backAt)
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    return false;
  });
  await world.settle({ within: minutes(180) });

  expect(world.pages).toHaveLength(3);
  const sentAt = await sentAtOf(world);
  expect(Math.min(...sentAt)).toBeGreaterThanOrEqual(backAt);
  expect(Math.max(...sentAt) - backAt).toBeLessThanOrEqual(seconds(60));
  await expectSound(world);
});

test("pages that were queued before the database was away for six hours are delivered within two minutes of its return", async () => {
  const world = testWorld();
  await world.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey })));
  while ((await world.deliverOne("alerts")) || (await world.deliverOne("events")));
  expect(world.queue("notifications").messages).toHaveLength(3);
  const backAt = world.now() + minutes(360);
  outage(world, backAt, "table");
  await world.settle({ within: minutes(420) });

  const sentAt = await sentAtOf(world);
  expect(sentAt).toHaveLength(3);
  expect(Math.max(...sentAt) - backAt).toBeLessThanOrEqual(minutes(2));
  await expectSound(world);
});
