/** Suppressed alerts and missed pings in the running platform, with its own sweep every minute. */
import { beforeAll, expect, test } from "vitest";
import { createSilenceContract } from "../../shared/contracts/alerts/create-silence.ts";
import { endSilenceContract } from "../../shared/contracts/alerts/end-silence.ts";
import { createHeartbeatContract } from "../../shared/contracts/alerts/heartbeats/create-heartbeat.ts";
import { getHeartbeatContract } from "../../shared/contracts/alerts/heartbeats/get-heartbeat.ts";
import { unique } from "../support/builders.ts";
import { waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { post, userOf } from "./platform-user.ts";

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});

/** Two sweeps, and time for what they send. */
const twoSweepsMs = 150_000;
const timeout = 240_000;

const incidentsOf = (service: string) => userOf(platform).incidents({ service });
const outcomesOf = async (service: string) =>
  (await userOf(platform).alerts({ service })).map(({ outcome }) => outcome);

test.concurrent("an alert under a silence is suppressed, and pages once when the silence is ended", {
  timeout,
}, async () => {
  const { call, notifications } = userOf(platform);
  const quiet = unique("quiet-");
  const matchers = [{ field: "service", op: "=~" as const, value: `${quiet}-.*` }];
  const silence = { matchers, duration_seconds: 86_400, comment: "moving the database" };
  const { id } = await call(createSilenceContract, { body: silence });
  // A function caches silences for at most one second.
  let sent = 0;
  await waitFor(async () => {
    sent += 1;
    const alert = { service: `${quiet}-${sent}`, severity: "high", message: "Down", dedup_key: "down" };
    await post(`${platform.url}/api/v1/alerts`, alert);
    await waitFor(async () => (await outcomesOf(`${quiet}-${sent}`)).length === 1);
    return (await outcomesOf(`${quiet}-${sent}`))[0] === "suppressed";
  });
  const service = `${quiet}-${sent}`;
  expect(await incidentsOf(service)).toEqual([]);

  await call(endSilenceContract, { params: { id } });
  await waitFor(async () => (await incidentsOf(service)).length > 0, twoSweepsMs);
  expect(await incidentsOf(service)).toMatchObject([{ status: "open", alert_count: 1, dedup_key: "down" }]);
  // Alerts are recorded after the incident.
  await waitFor(async () => (await outcomesOf(service)).toSorted().join() === "new_incident,suppressed");
  const [incident] = await incidentsOf(service);
  const pages = async () =>
    (await notifications({ incident_id: incident?.id ?? "" })).filter(({ status }) => status === "sent");
  await waitFor(async () => (await pages()).length > 0);
  expect(await pages()).toHaveLength(1);
});

test.concurrent("a heartbeat without pings opens an incident, which its next ping resolves", {
  timeout,
}, async () => {
  const { call } = userOf(platform);
  const service = unique("backup-");
  const heartbeat = { name: "nightly backup", service, interval_seconds: 1, grace_seconds: 0 };
  const { id, url } = await call(createHeartbeatContract, { body: heartbeat });
  const stateOf = async () => (await call(getHeartbeatContract, { params: { id } })).state;
  expect(await stateOf()).toBe("waiting");
  expect(await (await post(url, "")).json()).toEqual({ status: "ok" });
  await waitFor(async () => (await incidentsOf(service)).length > 0, twoSweepsMs);
  expect(await stateOf()).toBe("missing");
  expect(await incidentsOf(service)).toMatchObject([{ status: "open", severity: "high", alert_count: 1 }]);

  expect((await fetch(url)).status).toBe(200);
  await waitFor(async () => (await incidentsOf(service))[0]?.status === "resolved");
  expect(await incidentsOf(service)).toHaveLength(1);
});
