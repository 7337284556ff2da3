import { describe, expect, test } from "vitest";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";

describe("the integration gateway", () => {
  test("rejects an unknown key", async () => {
    const system = integrationSystem();
    for (const key of ["0".repeat(32), "short", "%", "f".repeat(4_000)]) {
      const reply = await system.ask({ method: "POST", path: `/integrations/${key}`, body: { title: "x" } });
      expect([key, reply.status]).toEqual([key, 401]);
    }
    expect(system.errors).toEqual([]);
  });

  test("responds 404 or 405 for unknown paths and methods", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    expect((await system.ask({ method: "POST", path: "/v2/nothing", body: {} })).status).toBe(404);
    expect(
      (await system.ask({ method: "POST", path: `/integrations/${key}/nothing`, body: {} })).status,
    ).toBe(404);
    const get = await system.ask({ path: `/integrations/${key}` });
    expect([get.status, get.headers.allow]).toEqual([405, "POST"]);
    const trace = await system.ask({ method: "TRACE", path: "/v2/heartbeats/x" });
    expect([trace.status, trace.headers.allow]).toEqual([405, "GET"]);
  });

  test("opens by a key only what its type answers", async () => {
    const system = integrationSystem();
    const generic = await system.integrate("generic");
    const pagerduty = await system.integrate("pagerduty");
    const event = { event_action: "resolve", dedup_key: "x" };
    const atRoot = await system.ask({
      method: "POST",
      path: "/v2/enqueue",
      body: { ...event, routing_key: generic.key },
    });
    expect([atRoot.status, atRoot.json().status]).toEqual([400, "invalid event"]);
    const below = (path: string) =>
      system.ask({ method: "POST", path: `/integrations/${pagerduty.key}${path}`, body: event });
    expect((await below("/v2/enqueue")).status).toBe(202);
    expect((await below("")).json().status).toBe("invalid event");
  });

  test("reports in the sender's format that the queue is unavailable, and logs it", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("pagerduty");
    const body = { routing_key: key, event_action: "resolve", dedup_key: "x" };
    system.faults.plan(() => "fails");
    const reply = await system.ask({ method: "POST", path: "/v2/enqueue", body });
    expect([reply.status, reply.json().status]).toEqual([503, "unavailable"]);
    expect(reply.headers["retry-after"]).toBe("5");
  });

  test("takes bodies of at most 512 KiB", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    const body = { title: "x".repeat(512 * 1024) };
    expect((await system.ask({ method: "POST", path: `/integrations/${key}`, body })).status).toBe(413);
  });

  test("answers an open platform's own machine alone", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    const path = `/integrations/${key}`;
    const foreign = { host: "evil.example" };
    expect((await system.ask({ method: "POST", path, body: { title: "x" }, headers: foreign })).status).toBe(
      403,
    );
  });

  test("never has two integrations meet in a dedup key", async () => {
    const system = integrationSystem();
    for (const { key } of [await system.integrate("generic"), await system.integrate("generic")]) {
      await system.ask({ method: "POST", path: `/integrations/${key}`, body: { title: "x", id: "same" } });
    }
    expect(await system.incidents()).toHaveLength(2);
  });

  test("answers HEAD wherever it answers GET, without a body", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("opsgenie");
    const ask = (method: string, path: string) =>
      system.ask({ method, path, headers: { authorization: `GenieKey ${key}` } });
    for (const path of ["/v2/alerts", "/v2/heartbeats", "/v2/alerts/unknown"]) {
      const [head, get] = [await ask("HEAD", path), await ask("GET", path)];
      expect([head.status, head.headers["content-type"]]).toEqual([get.status, get.headers["content-type"]]);
      expect([head.text, get.text.length > 0]).toEqual(["", true]);
    }
    expect((await ask("HEAD", "/v2/alerts/x/close")).status).toBe(404);
  });

  test("keeps keys out of the logs and the figures", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    await system.ask({ method: "POST", path: `/integrations/${key}`, body: { title: "x" } });
    expect(JSON.stringify([system.lines, system.counts])).not.toContain(key);
    expect(JSON.stringify(system.lines)).toContain("/integrations/{key}");
  });
});
