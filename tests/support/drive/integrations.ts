import { expect } from "vitest";
import { exampleNames, exampleRequest } from "../integration-examples.ts";
import type { Driver } from "./driver.ts";
import { service } from "./names.ts";

/** Sends requests of all integration types. */
export async function driveIntegrations(driver: Driver): Promise<void> {
  const { send, ask, sendTo, pump } = driver;
  const integration = await ask("create-integration");
  const params = { id: integration.id ?? "" };
  await send("list-integrations");
  await send("get-integration", { params });
  await send("update-integration", { params });
  const { key } = await ask("rotate-integration", { params });
  await sendTo("receive-event", {
    method: "POST",
    path: `/integrations/${key}`,
    body: { title: "disk full" },
  });
  await sendTo("receive-event", { method: "POST", path: `/integrations/${key}`, body: "[" });
  await pump();
  await send("get-integration", { params });
  await send("delete-integration", { params });

  const keys = new Map<string, string>();
  for (const type of exampleNames()) {
    const { key: own = "" } = await ask("create-integration", {
      body: { name: type, type, service, settings: {} },
    });
    keys.set(type, own);
    await sendTo("receive-event", exampleRequest(type, own));
  }
  await pump();
  await driveOpsgenie(driver, keys.get("opsgenie") ?? "");
  await driveSilences(driver, keys.get("prometheus") ?? "");
}

/** Reads alerts, notes and heartbeats as Opsgenie's clients do. */
async function driveOpsgenie({ ask, sendTo }: Driver, key: string): Promise<void> {
  await ask("create-heartbeat", { body: { name: "nightly", service, interval_seconds: 60 } });
  const get = async (path: string, query = "") => {
    const headers = { authorization: `GenieKey ${key}` };
    const { status, text } = await sendTo("receive-event", { path: `/v2/${path}`, query, headers });
    expect(status, `${path}: ${text}`).toBeLessThan(300);
    return JSON.parse(text) as { data: { id: string }[] };
  };
  const { data } = await get("alerts");
  await get("alerts", "query=status%3Aopen");
  await get(`alerts/${data[0]?.id}`);
  await get(`alerts/${data[0]?.id}/notes`);
  await get("heartbeats");
  await get("heartbeats/nightly/ping");
}

/** Creates and expires a silence as clients of Alertmanager do. */
async function driveSilences({ sendTo }: Driver, key: string): Promise<void> {
  const ask = async (method: string, path: string, body?: unknown) => {
    const { status, text } = await sendTo("receive-event", {
      method,
      path: `/integrations/${key}/api/v2/${path}`,
      body,
    });
    expect(status, `${path}: ${text}`).toBeLessThan(300);
    return text;
  };
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const matchers = [{ name: "env", value: "test", isRegex: false }];
  const silence = { matchers, endsAt, createdBy: "ada", comment: "tests" };
  const { silenceID } = JSON.parse(await ask("POST", "silences", silence)) as { silenceID: string };
  await ask("GET", "silences");
  await ask("DELETE", `silence/${silenceID}`);
}
