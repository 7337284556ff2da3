import { afterAll, beforeAll, expect, test } from "vitest";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { startPlatform, type TestPlatform, waitFor } from "../support/platform.ts";
import { post, script, userOf } from "./platform-user.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

test("an alert becomes an incident and a page; it is acknowledged, resolved and measured", async () => {
  const { url } = platform;
  const { call, incidents } = userOf(platform);
  await post(`${url}/api/v1/schedules`, {
    team: "payments",
    rotation_type: "weekly",
    members: [{ name: "Ada", email: "ada@example.com", role: "primary" }],
  });
  await fetch(`${url}/api/v1/services/checkout`, { method: "PUT", body: '{"team": "payments"}' });

  const received = await post(`${url}/api/v1/alerts`, {
    service: "checkout",
    severity: "critical",
    message: "Error rate above 5 %",
    dedup_key: "errors",
  });
  expect(received.status).toBe(202);
  expect(received.headers.get("location")).toMatch(/^\/api\/v1\/alerts\/alt_/);

  await waitFor(() => platform.output().includes("PAGE  CRITICAL  to ada@example.com by email"));
  expect(platform.output()).toContain("#1 [CRITICAL] checkout: Error rate above 5 %");
  const [incident, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(incident).toMatchObject({ number: 1, status: "open", team: "payments", alert_count: 1 });

  const act = (verb: string) =>
    fetch(`${url}/api/v1/incidents/1/${verb}`, { method: "PATCH", body: '{"actor": "ada"}' });
  expect((await act("acknowledge")).status).toBe(200);
  expect((await act("resolve")).status).toBe(200);
  expect((await act("acknowledge")).status).toBe(409);

  await waitFor(async () => {
    const { timeline } = await call(getIncidentContract, { params: { id: 1 } });
    return timeline.some(({ type }) => type === "resolved");
  });
  const { timeline, ...ended } = await call(getIncidentContract, { params: { id: 1 } });
  expect(timeline.map(({ type }) => type)).toEqual([
    "opened",
    "paging",
    "notification",
    "acknowledged",
    "resolved",
  ]);
  expect(ended).toMatchObject({ status: "resolved", acknowledged_by: "ada", resolved_by: "ada" });
  const since = (at: string | null) => (Date.parse(at ?? "") - Date.parse(ended.created_at)) / 1_000;
  expect(ended.mtta_seconds).toBe(since(ended.acknowledged_at));
  expect(ended.mttr_seconds).toBe(since(ended.resolved_at));
});

test("the demo comes true, a second time too", async () => {
  for (const _ of ["first", "again"]) {
    const { code, output } = await script("localstack/demo.ts", ["--fast"], platform);
    expect(output).toContain("It all came true");
    expect(code).toBe(0);
  }
});

test("the demo says where it looked for a platform that does not run", async () => {
  const { code, output } = await script("localstack/demo.ts", [], { url: "http://localhost:9" });
  expect(output).toContain("No platform answers at http://localhost:9.");
  expect(code).toBe(1);
});
