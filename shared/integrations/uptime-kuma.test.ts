import { describe, expect, test } from "vitest";
import { exampleRequest } from "../../tests/support/integration-examples.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";

async function integrated(settings = {}) {
  const system = integrationSystem();
  const { key } = await system.integrate("uptime-kuma", settings);
  const request = exampleRequest("uptime-kuma", key);
  const example = request.body as { heartbeat: object; monitor: object; msg: string };
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    system.ask({ ...request, body, headers });
  return { system, example, post, request };
}

describe("Uptime Kuma's webhook", () => {
  test("opens an incident of a monitor that is down, and resolves it once that is up", async () => {
    const { system, example, post } = await integrated({ severity: "critical" });
    await post(example);
    const up = await post({ ...example, heartbeat: { ...example.heartbeat, status: 1, msg: "200 - OK" } });
    expect([up.status, up.json()]).toEqual([200, { ok: true }]);
    expect(await system.alerts()).toMatchObject([
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
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test.each(["9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740992"])(
    "knows a monitor by its id %s, digit by digit",
    async (id) => {
      const { system, example, post } = await integrated();
      const body = JSON.stringify({ ...example, monitor: { name: "shop", id: "ID" } }).replace('"ID"', id);
      expect((await post(body)).status).toBe(200);
      expect((await system.alerts())[0]?.dedupKey).toMatch(new RegExp(`:monitor:${id}$`));
    },
  );

  test("refuses a monitor whose id is a fraction", async () => {
    const { example, post } = await integrated();
    expect((await post({ ...example, monitor: { name: "shop", id: 1.5 } })).status).toBe(422);
  });

  test.each([
    ["tries again before it is down", 2],
    ["is in maintenance", 3],
  ])("sends no alert for a monitor that %s", async (_, status) => {
    const { system, example, post } = await integrated();
    expect((await post({ ...example, heartbeat: { ...example.heartbeat, status } })).status).toBe(200);
    expect(await system.alerts()).toEqual([]);
  });

  test("without a monitor, by the test button or of a certificate, opens a low one for the same words", async () => {
    const { system, post } = await integrated();
    const words = (days: number) =>
      `[shop][https://shop.example.com] server certificate shop.example.com will expire in ${days} days`;
    await post({ heartbeat: null, monitor: null, msg: words(14) });
    await post({ heartbeat: null, monitor: null, msg: words(7) });
    await post({ heartbeat: null, msg: "on-call Testing" });
    expect(await system.incidents()).toMatchObject([
      { severity: "low", alertCount: 2 },
      { severity: "low", alertCount: 1 },
    ]);
  });

  test("is taken as a form, and by GET", async () => {
    const { system, example, post, request } = await integrated();
    const { heartbeat, monitor } = example;
    const form = [
      "--a1b2",
      'Content-Disposition: form-data; name="data"',
      "",
      JSON.stringify({ ...example, monitor: { ...monitor, name: "Größe" } }),
      "--a1b2--",
      "",
    ].join("\r\n");
    const multipart = { "content-type": "multipart/form-data; boundary=a1b2" };
    expect((await post(form, multipart)).status).toBe(200);
    const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
    const fields = new URLSearchParams({
      data: JSON.stringify({ ...example, monitor: { id: 8, name: "b" } }),
    });
    expect((await post(fields.toString(), urlencoded)).status).toBe(200);
    const query = new URLSearchParams({
      msg: "[shop] up",
      heartbeat: JSON.stringify({ ...heartbeat, status: 1 }),
      monitor: JSON.stringify(monitor),
    });
    const get = { method: "GET", path: request.path, headers: {} };
    expect((await system.ask({ ...get, query: query.toString() })).status).toBe(200);
    expect((await system.ask({ ...get, query: "msg=Testing" })).status).toBe(200);
    expect(await system.incidents()).toMatchObject([
      { title: "[HIGH] checkout: Größe: timeout of 48000ms exceeded", status: "resolved" },
      { title: "[HIGH] checkout: b: timeout of 48000ms exceeded", status: "open" },
      { title: "[LOW] checkout: Testing" },
    ]);
  });

  test("is accepted in the format for Grafana OnCall", async () => {
    const { system, post } = await integrated({ severity: "critical" });
    await post({ title: "shop is down", message: "timeout", state: "alerting" });
    await post({ title: "blog is down", message: null, state: "alerting" });
    await post({ title: "General notification", message: "on-call Testing", state: "alerting" });
    await post({ title: "shop is up", message: "200 - OK", state: "ok" });
    expect(await system.incidents()).toMatchObject([
      { title: "[CRITICAL] checkout: shop is down: timeout", status: "resolved" },
      { title: "[CRITICAL] checkout: blog is down", status: "open" },
      { title: "[LOW] checkout: on-call Testing", status: "open" },
    ]);
  });

  test("keeps the monitor's name where a tag has that name too", async () => {
    const { system, example, post } = await integrated();
    const monitor = {
      ...example.monitor,
      tags: [
        { name: "monitor", value: "m" },
        { name: "team", value: "" },
      ],
    };
    await post({ ...example, monitor });
    expect(await system.alerts()).toMatchObject([
      { labels: { monitor: "shop", tag_monitor: "m", team: true } },
    ]);
  });

  test.each([
    ["no message", {}],
    [
      "a form that is damaged",
      "--a1b2\r\nContent",
      { "content-type": "multipart/form-data; boundary=a1b2" },
      400,
    ],
    ["a status that there is none of", { heartbeat: { status: 4 }, monitor: { id: 1 } }],
    ["a heartbeat of nothing", { heartbeat: { status: 0 }, monitor: null, msg: "x" }],
  ])("with %s is refused", async (_, body, headers: Record<string, string> = {}, status = 422) => {
    const { system, post } = await integrated();
    expect((await post(body, headers)).status).toBe(status);
    expect(system.errors).toMatchObject([{ status }]);
  });
});

describeClientLabels("uptime-kuma", {
  "a heartbeat": {
    body: (labels, own) => ({
      heartbeat: { status: 0, msg: "timeout", ...(own && { ping: 12 }) },
      monitor: {
        id: 7,
        tags: Object.entries(labels).map(([name, value]) => ({ name, value })),
        ...(own && { name: "shop", url: "https://example.com", hostname: "web-1", type: "http" }),
      },
    }),
  },
});
