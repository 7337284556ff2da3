import { describe, expect, test } from "vitest";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";

async function integrated() {
  const system = integrationSystem();
  const { key } = await system.integrate("healthchecks");
  const post = (body: unknown) => system.ask({ method: "POST", path: `/integrations/${key}`, body });
  const ask = (other: object) => system.ask({ path: `/integrations/${key}`, ...other });
  return { system, post, ask };
}

describe("Healthchecks.io's webhook", () => {
  test("opens an incident of a check that is down, and resolves it once that is up", async () => {
    const { system, post } = await integrated();
    const check = { id: "5e17a1b2", name: 'the "nightly" backup' };
    expect((await post({ ...check, status: "down", at: "2026-11-23T09:59:00+00:00" })).status).toBe(200);
    // Without what is optional in the template.
    await post({ ...check, status: "up" });
    expect(await system.alerts()).toMatchObject([
      {
        action: "trigger",
        message: 'the "nightly" backup is down',
        severity: "high",
        source: "Healthchecks.io",
        dedupKey: expect.stringMatching(/:5e17a1b2$/),
        timestamp: Date.parse("2026-11-23T09:59:00Z"),
      },
      { action: "resolve" },
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("calls a check without a name by its id", async () => {
    const { system, post } = await integrated();
    await post({ id: "5e17a1b2", name: "", status: "down" });
    expect(await system.alerts()).toMatchObject([{ message: "5e17a1b2 is down", labels: {} }]);
  });

  test.each([
    ["quotes and backslashes", 'prod "blue" C:\\x'],
    ["a brace and a comma", 'a"}, "b'],
    ["control characters", "a\tb"],
  ])("is understood where tags with %s have broken its JSON", async (_, tags) => {
    const { system, post } = await integrated();
    const template = (status: string) =>
      `{"id":"7c1f","name":"back\\"up","status":"${status}","tags":"${tags}","at":"2026-01-01T00:00:00+00:00"}`;
    expect((await post(template("down"))).status).toBe(200);
    expect((await post(template("up"))).status).toBe(200);
    expect(await system.alerts()).toMatchObject([
      {
        message: 'back"up is down',
        labels: { tags },
        dedupKey: expect.stringMatching(/:7c1f$/),
        timestamp: Date.parse("2026-01-01T00:00:00Z"),
      },
      { action: "resolve" },
    ]);
  });

  const check = {
    name: 'back"up',
    slug: "back-up",
    tags: 'prod "blue"',
    desc: "Dumps the database",
    grace: 60,
    status: "down",
    last_ping: null,
    ping_url: "https://hc-ping.com/5e17a1b2-1c3d-4e5f-8a9b-0c1d2e3f4a5b",
  };

  test("may be the check as JSON alone, or beside what is of this notice", async () => {
    const { system, post } = await integrated();
    await post(check);
    const id = "5e17a1b2-1c3d-4e5f-8a9b-0c1d2e3f4a5b";
    await post({ id, status: "up", at: "2026-11-23T09:59:00+00:00", check });
    await post({ ...check, ping_url: undefined, unique_key: "a1", status: "down" });
    await post({ ...check, status: "paused" });
    expect(await system.alerts()).toMatchObject([
      {
        message: 'back"up is down',
        labels: { check: 'back"up', tags: 'prod "blue"', description: "Dumps the database" },
      },
      { message: 'back"up is up', action: "resolve", timestamp: Date.parse("2026-11-23T09:59:00Z") },
      { dedupKey: expect.stringMatching(/:a1$/) },
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }, { status: "open" }]);
  });

  test("may come by GET and PUT, as its settings allow", async () => {
    const { system, ask } = await integrated();
    const query = new URLSearchParams({ id: "7c1f", status: "down", name: "backup" }).toString();
    expect((await ask({ method: "GET", query })).status).toBe(200);
    expect((await ask({ method: "PUT", body: { id: "7c1f", status: "up" } })).status).toBe(200);
    expect(await system.incidents()).toMatchObject([
      { title: "[HIGH] checkout: backup is down", status: "resolved" },
    ]);
  });

  test.each([
    ["a status that was not filled in", { id: "x", name: "x", status: "$STATUS" }, "status"],
    ["no id", { name: "x", status: "down" }, "id"],
  ])("with %s is refused, and says where", async (_, body, path) => {
    const { post } = await integrated();
    const reply = await post(body);
    expect([reply.status, reply.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([422, path]);
  });
});
