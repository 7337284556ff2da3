/** PagerDuty's own clients, unchanged, on a running platform: only their host and key change. */
import { globalAgent } from "node:https";
import { acknowledge, change, resolve, trigger } from "@pagerduty/pdjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { unique } from "../support/builders.ts";
import {
  isInstalled,
  startAlertmanagerWith,
  type TestAlertmanager,
} from "../support/monitoring/prometheus.ts";
import { waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { startTlsProxy, type TlsProxy } from "../support/platform/tls.ts";
import { userOf } from "./platform-user.ts";

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});

/** A key of its own, and the incidents of its service. */
async function integrated() {
  const { call, incidents } = userOf(platform);
  const service = unique("service-");
  const body = { name: service, type: "pagerduty" as const, service };
  const { id, key } = await call(createIntegrationContract, { body });
  const own = () => incidents({ service });
  const become = (status: string) => waitFor(async () => (await own())[0]?.status === status, 20_000);
  return { call, id, key, own, become };
}

describe("@pagerduty/pdjs", () => {
  let proxy: TlsProxy;
  beforeAll(async () => {
    proxy = await startTlsProxy(platform.url);
    globalAgent.options.ca = proxy.certificate;
  });
  afterAll(async () => {
    delete globalAgent.options.ca;
    await proxy?.stop();
  });

  test("opens an incident, acknowledges and resolves it, and records changes", async () => {
    const { call, key, own, become } = await integrated();
    const at = { server: proxy.address };
    const deployed = await change({
      ...at,
      data: {
        routing_key: key,
        // Its types want one of a change, too.
        event_action: "trigger",
        payload: { summary: "Deployed 1.2", source: "CI", severity: "info" as const },
        links: [],
      },
    });
    expect(deployed.response.status).toBe(202);
    const data = {
      routing_key: key,
      dedup_key: "disk",
      event_action: "trigger" as const,
      payload: { summary: "Disk is full", source: "db-1", severity: "critical" as const },
    };
    const triggered = await trigger({ ...at, data });
    expect([triggered.response.status, triggered.data]).toEqual([
      202,
      { status: "success", message: "Event processed", dedup_key: "disk" },
    ]);
    await become("open");
    await acknowledge({ ...at, data });
    await become("acknowledged");
    await resolve({ ...at, data });
    await become("resolved");
    const [incident] = await own();
    expect(incident).toMatchObject({ severity: "critical", alert_count: 3 });
    const { changes } = await call(getIncidentContract, { params: { id: incident?.id ?? "" } });
    expect(changes).toMatchObject([{ summary: "Deployed 1.2", source: "CI" }]);
  });

  test("gets errors in PagerDuty's format", async () => {
    const { key } = await integrated();
    const data = { routing_key: key, event_action: "trigger" as const, dedup_key: "x" };
    // Invalid according to its types.
    const { response, data: said } = await trigger({ server: proxy.address, data: data as never });
    expect([response.status, said.status]).toEqual([400, "invalid event"]);
  });
});

const hasAlertmanager = isInstalled("prometheus-alertmanager");
const title = `Alertmanager's pagerduty_configs${hasAlertmanager ? "" : " (skipped: it is not installed)"}`;

describe.skipIf(!hasAlertmanager)(title, () => {
  let alertmanager: TestAlertmanager | undefined;
  afterAll(() => alertmanager?.stop());

  // Its service_key goes to PagerDuty's own v1 whatever its url says: only v2 can be pointed elsewhere.
  test("open an incident, and resolve it", async () => {
    const { key, own, become } = await integrated();
    const receiver = { url: `${platform.url}/v2/enqueue`, routing_key: key, severity: "critical" };
    alertmanager = await startAlertmanagerWith(
      JSON.stringify({
        route: { receiver: "platform", group_by: ["alertname"], group_wait: "0s", group_interval: "1s" },
        receivers: [{ name: "platform", pagerduty_configs: [receiver] }],
      }),
    );
    const alert = {
      labels: { alertname: "HighLatency", job: "web" },
      annotations: { summary: "p99 above 2 s" },
    };
    await alertmanager.post([alert]);
    await become("open");
    await alertmanager.post([{ ...alert, endsAt: new Date().toISOString() }]);
    await become("resolved");
    expect(await own()).toMatchObject([
      {
        source: "Alertmanager",
        title: expect.stringContaining("HighLatency"),
        dedup_key: expect.stringMatching(/^int_/),
      },
    ]);
  });
});
