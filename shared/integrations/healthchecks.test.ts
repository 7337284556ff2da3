import { describe, expect, test } from "vitest";
import { doorWorld } from "../../tests/support/door-world.ts";

async function integrated() {
  const world = doorWorld();
  const { key } = await world.integrate("healthchecks");
  const post = (body: unknown) => world.ask({ method: "POST", path: `/integrations/${key}`, body });
  return { world, post };
}

describe("Healthchecks.io's webhook", () => {
  test("opens an incident of a check that is down, and resolves it once that is up", async () => {
    const { world, post } = await integrated();
    const check = { id: "5e17a1b2", name: 'the "nightly" backup' };
    expect((await post({ ...check, status: "down", at: "2026-11-23T09:59:00+00:00" })).status).toBe(200);
    // Without what is optional in the template.
    await post({ ...check, status: "up" });
    expect(await world.alerts()).toMatchObject([
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
    expect(await world.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("calls a check without a name by its id", async () => {
    const { world, post } = await integrated();
    await post({ id: "5e17a1b2", name: "", status: "down" });
    expect(await world.alerts()).toMatchObject([{ message: "5e17a1b2 is down", labels: {} }]);
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
