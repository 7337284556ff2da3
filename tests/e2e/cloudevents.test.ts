/** The CloudEvents SDK, unchanged, on a running platform: it is given a URL, nothing else. */
import { CloudEvent, emitterFor, HTTP, Mode, type TransportFunction } from "cloudevents";
import { beforeAll, describe, expect, test } from "vitest";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { unique } from "../support/builders.ts";
import { waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { userOf } from "./platform-user.ts";

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});

/** A transport to an integration of its own, and the incidents of its service. */
async function integrated() {
  const { call, incidents } = userOf(platform);
  const service = unique("service-");
  const made = await call(createIntegrationContract, {
    body: { name: service, type: "cloudevents", service },
  });
  const url = new URL(new URL(made.url).pathname, platform.url);
  const transport: TransportFunction = async ({ headers, body }) => {
    const sent = { "content-type": "application/json", ...(headers as Record<string, string>) };
    const { status } = await fetch(url, { method: "POST", headers: sent, body: String(body) });
    return status;
  };
  const own = () => incidents({ service });
  return { transport, own };
}

const full = {
  source: "/disks",
  type: "com.example.disk.full",
  subject: "db-1",
  severity: "critical",
  data: { message: "Disk is full", labels: { mount: "/var" } },
};

describe("the CloudEvents SDK", () => {
  test.each([Mode.BINARY, Mode.STRUCTURED])("opens an incident in %s mode, and resolves it", async (mode) => {
    const { transport, own } = await integrated();
    const emit = emitterFor(transport, { binding: HTTP, mode });
    expect(await emit(new CloudEvent(full))).toBe(202);
    await waitFor(async () => (await own())[0]?.status === "open", 20_000);
    expect(await emit(new CloudEvent({ ...full, type: `${full.type}.resolved` }))).toBe(202);
    await waitFor(async () => (await own())[0]?.status === "resolved", 20_000);
    expect(await own()).toMatchObject([
      {
        title: expect.stringContaining("Disk is full"),
        severity: "critical",
        source: "/disks",
        alert_count: 2,
      },
    ]);
  });

  test("sends several in a batch, and one of them again", async () => {
    const { transport, own } = await integrated();
    const events = [new CloudEvent(full), new CloudEvent({ ...full, subject: "db-2" })];
    const batch = {
      headers: { "content-type": "application/cloudevents-batch+json" },
      body: JSON.stringify(events),
    };
    expect(await transport(batch)).toBe(202);
    await waitFor(async () => (await own()).length === 2, 20_000);
    expect(await transport(batch)).toBe(202);
    const over = new CloudEvent({ ...full, type: `${full.type}.resolved` });
    expect(await transport(HTTP.structured(over))).toBe(202);
    await waitFor(async () => (await own()).some(({ status }) => status === "resolved"), 20_000);
    expect((await own()).map(({ alert_count: count }) => count).sort()).toEqual([1, 2]);
  });
});
