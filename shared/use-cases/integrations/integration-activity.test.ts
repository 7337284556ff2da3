import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../tests/support/builders.ts";
import { integrationWorld } from "../../../tests/support/integration-world.ts";

async function integrated() {
  const world = integrationWorld();
  const { key, integration } = await world.integrate("generic");
  const post = (body: unknown) => world.ask({ method: "POST", path: `/integrations/${key}`, body });
  const figures = async () => (await world.activity.of([integration.id])).get(integration.id);
  return { world, id: integration.id, key, post, figures };
}

describe("what came in through an integration", () => {
  test("is counted at once after a quiet while, and then together", async () => {
    const { world, post, figures } = await integrated();
    const startedAt = world.now();
    await post({ title: "first" });
    expect(await figures()).toMatchObject({ events: 1, errors: 0, lastEventAt: startedAt });
    for (let sent = 0; sent < 5; sent += 1) {
      world.advance(seconds(1));
      await post({ title: "more" });
    }
    expect(await figures()).toMatchObject({ events: 1, lastEventAt: startedAt });
    world.advance(seconds(5));
    await world.gather();
    expect(await figures()).toMatchObject({ events: 6, lastEventAt: startedAt + seconds(5), version: 2 });
    world.advance(seconds(10));
    await world.gather();
    await post({ title: "after a while" });
    expect(await figures()).toMatchObject({ events: 7, version: 3 });
  });

  test("is counted by several at the same time", async () => {
    const { world, id, post, figures } = await integrated();
    await post({ title: "here" });
    const more = { integrationId: id, events: 2, errors: 1, lastEventAt: world.now() - seconds(9) };
    await Promise.allSettled([world.activity.add(more), world.activity.add(more)]);
    expect(await figures()).toMatchObject({ events: 3, errors: 1, lastEventAt: world.now() });
  });

  test("is taken all the same when it can't be counted, and counted later", async () => {
    const { world, post, figures } = await integrated();
    world.activityFails(true);
    expect((await post({ title: "x" })).status).toBe(202);
    expect(world.lines.map(({ message }) => message)).toContain("what came in is not counted yet");
    world.activityFails(false);
    world.advance(seconds(10));
    await world.gather();
    expect(await figures()).toMatchObject({ events: 1 });
  });

  test("and was not understood is kept, its beginning without secrets", async () => {
    const { world, id, key, post } = await integrated();
    await post({
      key,
      password: "hunter2",
      nested: { api_key: "abc", signature: "s1gn" },
      url: `https://${"ada:pass"}@example.com`,
      dedup_key: "disk",
      rest: "x".repeat(1_000),
    });
    const [error] = await world.activity.latestErrors(id);
    expect(error).toMatchObject({
      at: world.now(),
      status: 422,
      message: expect.stringContaining("what happened"),
    });
    expect(error?.excerpt).toHaveLength(500);
    for (const secret of [key, "hunter2", "abc", "s1gn", "pass@"])
      expect(error?.excerpt).not.toContain(secret);
    expect(error?.excerpt).toContain('"dedup_key":"disk"');
  });

  test("and was not understood is kept at most 20 times a minute, and counted each time", async () => {
    const { world, id, post, figures } = await integrated();
    for (let sent = 0; sent < 30; sent += 1) {
      await post({ number: sent });
      world.advance(seconds(1));
    }
    const errors = await world.activity.latestErrors(id);
    expect(errors).toHaveLength(20);
    expect(errors[0]?.excerpt).toBe('{"number":19}');
    world.advance(minutes(1));
    await world.gather();
    expect(await figures()).toMatchObject({ events: 0, errors: 30, lastEventAt: null });
    await post({ number: "a minute later" });
    expect((await world.activity.latestErrors(id))[0]?.excerpt).toContain("a minute later");
  });
});
