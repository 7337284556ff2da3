import { describe, expect, test } from "vitest";
import { doorWorld } from "../../tests/support/door-world.ts";
import { exampleRequest } from "../../tests/support/integration-examples.ts";

async function integrated(settings = {}) {
  const world = doorWorld();
  const { key } = await world.integrate("uptime-kuma", settings);
  const request = exampleRequest("uptime-kuma", key);
  const example = request.body as { heartbeat: object; monitor: object; msg: string };
  const post = (body: unknown) => world.ask({ ...request, body });
  return { world, example, post };
}

describe("Uptime Kuma's webhook", () => {
  test("opens an incident of a monitor that is down, and resolves it once that is up", async () => {
    const { world, example, post } = await integrated({ severity: "critical" });
    await post(example);
    const up = await post({ ...example, heartbeat: { ...example.heartbeat, status: 1, msg: "200 - OK" } });
    expect([up.status, up.json()]).toEqual([200, { ok: true }]);
    expect(await world.alerts()).toMatchObject([
      {
        action: "trigger",
        message: "shop: timeout of 48000ms exceeded",
        severity: "critical",
        source: "Uptime Kuma",
        dedupKey: expect.stringMatching(/:monitor:7$/),
        timestamp: Date.parse("2026-11-23T10:00:00.123Z"),
        labels: { monitor: "shop", url: "https://shop.example.com", type: "http", tier: "1" },
      },
      { action: "resolve", message: "shop: 200 - OK" },
    ]);
    expect(await world.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test.each([
    ["tries again before it is down", 2],
    ["is in maintenance", 3],
  ])("tells nobody of a monitor that %s", async (_, status) => {
    const { world, example, post } = await integrated();
    expect((await post({ ...example, heartbeat: { ...example.heartbeat, status } })).status).toBe(200);
    expect(await world.alerts()).toEqual([]);
  });

  test("without a monitor, by the test button or of a certificate, opens a low one for the same words", async () => {
    const { world, post } = await integrated();
    const words = (days: number) =>
      `[shop][https://shop.example.com] server certificate shop.example.com will expire in ${days} days`;
    await post({ heartbeat: null, monitor: null, msg: words(14) });
    await post({ heartbeat: null, monitor: null, msg: words(7) });
    await post({ heartbeat: null, msg: "on-call Testing" });
    expect(await world.incidents()).toMatchObject([
      { severity: "low", alertCount: 2 },
      { severity: "low", alertCount: 1 },
    ]);
  });

  test.each([
    ["no message", {}],
    ["a status that there is none of", { heartbeat: { status: 4 }, monitor: { id: 1 } }],
    ["a heartbeat of nothing", { heartbeat: { status: 0 }, monitor: null, msg: "x" }],
  ])("with %s is refused", async (_, body) => {
    const { world, post } = await integrated();
    expect((await post(body)).status).toBe(422);
    expect(world.errors).toMatchObject([{ status: 422 }]);
  });
});
