import { describe, expect, test } from "vitest";
import { doorWorld } from "../../tests/support/door-world.ts";

describe("generic JSON", () => {
  test("becomes an alert of the integration's service", async () => {
    const world = doorWorld();
    const { key, integration } = await world.integrate("generic");
    const body = {
      title: "Disk is full",
      severity: "warning",
      id: "disk",
      host: "db-1",
      labels: { mount: "/" },
    };
    const reply = await world.ask({ method: "POST", path: `/integrations/${key}`, body });
    expect(reply.status).toBe(202);
    const [alert] = await world.alerts();
    expect(reply.json()).toEqual({ status: "accepted", alert_id: alert?.id, dedup_key: "disk" });
    expect(alert).toMatchObject({
      service: "checkout",
      message: "Disk is full",
      severity: "medium",
      source: "db-1",
      labels: { mount: "/" },
      dedupKey: `${integration.id}:disk`,
      action: "trigger",
      outcome: "new_incident",
    });
  });

  test("is read where the mapping says", async () => {
    const world = doorWorld();
    const mapping = {
      message: "$.alert.rules.0.name",
      service: "app",
      action: "phase",
      dedup_key: "$.alert.id",
    };
    const { key } = await world.integrate("generic", { mapping });
    const ask = (phase: string) =>
      world.ask({
        method: "POST",
        path: `/integrations/${key}/`,
        body: { alert: { id: 7, rules: [{ name: "p99 is high" }] }, app: " Search ", phase },
      });
    expect((await ask("firing")).json()).toMatchObject({ dedup_key: "7" });
    await ask("OK");
    expect(await world.alerts()).toMatchObject([
      { message: "p99 is high", service: "search", action: "trigger" },
      { service: "search", action: "resolve" },
    ]);
    expect(await world.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test.each([
    ["nothing that says what happened", { severity: "high" }, 422, "message"],
    ["a list", [1], 422, ""],
    ["no JSON", "{", 400, undefined],
  ])("with %s is refused, and that is kept", async (_, body, status, path) => {
    const world = doorWorld();
    const { key } = await world.integrate("generic");
    const reply = await world.ask({ method: "POST", path: `/integrations/${key}`, body });
    expect(reply.status).toBe(status);
    expect(reply.json<{ errors: { path: string }[] }>().errors[0]?.path).toBe(path);
    expect(world.errors).toMatchObject([{ status }]);
  });
});
