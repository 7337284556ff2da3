import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { post, script, userOf } from "./platform-user.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

/** Returns the commands of the README's section "First page". */
function firstPage(): string {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, commands = ""] = /^## First page$.*?^```sh\n(.*?)\n```$/ms.exec(readme) ?? [];
  return commands;
}

/** Returns a link of the page in the terminal. */
function linkInTerminal(action: "Acknowledge" | "Resolve"): string | undefined {
  return new RegExp(`${action} +(http\\S+)`).exec(platform.output())?.[1];
}

/** Runs commands of the README on the test's platform. */
async function shell(commands: string): Promise<void> {
  const here = commands.replaceAll("localhost:8080", new URL(platform.url).host);
  await promisify(execFile)("bash", ["-ec", here.replaceAll(/^curl /gm, "curl --fail-with-body -sS ")]);
}

test("the commands of the README take an alert to a page whose links acknowledge and resolve", async () => {
  const { call, incidents } = userOf(platform);
  await shell(firstPage());
  await waitFor(() => linkInTerminal("Resolve") !== undefined);
  expect(platform.output()).toContain("PAGE  HIGH  to ana@example.com by email");
  const [incident, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(incident).toMatchObject({ number: 1, status: "open", team: "payments", alert_count: 1 });

  for (const action of ["Acknowledge", "Resolve"] as const) {
    const followed = await fetch(`${linkInTerminal(action)}`, { method: "POST" });
    expect(followed.ok).toBe(true);
  }
  const again = await fetch(`${platform.url}/api/v1/incidents/1/acknowledge`, {
    method: "PATCH",
    body: "{}",
  });
  expect(again.status).toBe(409);

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
  expect(ended).toMatchObject({
    status: "resolved",
    acknowledged_by: "ana@example.com",
    resolved_by: "ana@example.com",
  });
  const since = (at: string | null) => (Date.parse(at ?? "") - Date.parse(ended.created_at)) / 1_000;
  expect(ended.mtta_seconds).toBe(since(ended.acknowledged_at));
  expect(ended.mttr_seconds).toBe(since(ended.resolved_at));
});

test("one alert can be followed through all functions by its trace", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const alert = { service: "checkout", severity: "low", message: "slow" };
  const received = await post(`${platform.url}/api/v1/alerts`, alert, { traceparent });
  expect(received.status).toBe(202);
  expect(received.headers.get("location")).toMatch(/^\/api\/v1\/alerts\/alt_/);
  const { alert_id } = (await received.json()) as { alert_id: string };
  const traced = () =>
    readFileSync(join(platform.dataDir, "platform.log"), "utf8")
      .split("\n")
      .filter((line) => line.includes(traceId))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  await waitFor(() => traced().some(({ message }) => message === "notification attempted"));
  const lines = traced();
  const lineOf = (message: string) => lines.find((line) => line.message === message);
  const correlated = lineOf("alert correlated");
  expect(lineOf("request")).toMatchObject({ request_id: received.headers.get("x-request-id"), status: 202 });
  expect(lineOf("alert accepted")).toMatchObject({ alert_id });
  expect(correlated).toMatchObject({ alert_id, outcome: "new_incident", message_ids: [expect.any(String)] });
  for (const message of ["incident event", "notification attempted"]) {
    expect(lineOf(message)).toMatchObject({
      incident_id: correlated?.incident_id,
      // Events of an incident arrive in batches.
      message_ids: expect.arrayContaining([expect.any(String)]),
    });
  }
});

test("the demo reports the address at which no platform is running", async () => {
  const { code, output } = await script("demo", [], { url: "http://localhost:9" });
  expect(output).toContain("No platform is reachable at http://localhost:9 (");
  expect(code).toBe(1);
});
