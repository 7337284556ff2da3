import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../tests/support/builders.ts";
import { integrationSystem } from "../../../tests/support/memory/integration-system.ts";

async function integrated() {
  const system = integrationSystem();
  const { key, integration } = await system.integrate("generic");
  const post = (body: unknown) => system.ask({ method: "POST", path: `/integrations/${key}`, body });
  const figures = async () => (await system.activity.of([integration.id])).get(integration.id);
  return { system, id: integration.id, key, post, figures };
}

describe("what came in through an integration", () => {
  test("is counted at once after a quiet while, and then together", async () => {
    const { system, post, figures } = await integrated();
    const startedAt = system.now();
    await post({ title: "first" });
    expect(await figures()).toMatchObject({ events: 1, errors: 0, lastEventAt: startedAt });
    for (let sent = 0; sent < 5; sent += 1) {
      system.advance(seconds(1));
      await post({ title: "more" });
    }
    expect(await figures()).toMatchObject({ events: 1, lastEventAt: startedAt });
    system.advance(seconds(5));
    await system.gather();
    expect(await figures()).toMatchObject({ events: 6, lastEventAt: startedAt + seconds(5), version: 2 });
    system.advance(seconds(10));
    await system.gather();
    await post({ title: "after a while" });
    expect(await figures()).toMatchObject({ events: 7, version: 3 });
  });

  test("is counted by several at the same time", async () => {
    const { system, id, post, figures } = await integrated();
    await post({ title: "here" });
    const more = { integrationId: id, events: 2, errors: 1, lastEventAt: system.now() - seconds(9) };
    await Promise.allSettled([system.activity.add(more), system.activity.add(more)]);
    expect(await figures()).toMatchObject({ events: 3, errors: 1, lastEventAt: system.now() });
  });

  test("is taken all the same when it can't be counted, and counted later", async () => {
    const { system, post, figures } = await integrated();
    system.activityFails(true);
    expect((await post({ title: "x" })).status).toBe(202);
    expect(system.lines.map(({ message }) => message)).toContain("received events not counted yet");
    system.activityFails(false);
    system.advance(seconds(10));
    await system.gather();
    expect(await figures()).toMatchObject({ events: 1 });
  });

  test("and was not understood is kept, its beginning without secrets", async () => {
    const { system, id, key, post } = await integrated();
    await post({
      key,
      password: "hunter2",
      nested: { api_key: "abc", signature: "s1gn" },
      url: `https://${"ada:pass"}@example.com`,
      dedup_key: "disk",
      rest: "x".repeat(1_000),
    });
    const [error] = await system.activity.latestErrors(id);
    expect(error).toMatchObject({
      at: system.now(),
      status: 422,
      message: expect.stringContaining("has no message"),
    });
    expect(error?.excerpt).toHaveLength(500);
    for (const secret of [key, "hunter2", "abc", "s1gn", "pass@"])
      expect(error?.excerpt).not.toContain(secret);
    expect(error?.excerpt).toContain('"dedup_key":"disk"');
  });

  test("and was not understood is kept at most 20 times a minute, and counted each time", async () => {
    const { system, id, post, figures } = await integrated();
    for (let sent = 0; sent < 30; sent += 1) {
      await post({ number: sent });
      system.advance(seconds(1));
    }
    const errors = await system.activity.latestErrors(id);
    expect(errors).toHaveLength(20);
    expect(errors[0]?.excerpt).toBe('{"number":19}');
    system.advance(minutes(1));
    await system.gather();
    expect(await figures()).toMatchObject({ events: 0, errors: 30, lastEventAt: null });
    await post({ number: "a minute later" });
    expect((await system.activity.latestErrors(id))[0]?.excerpt).toContain("a minute later");
  });
});
