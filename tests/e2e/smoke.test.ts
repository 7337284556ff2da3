import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiOf } from "../../infra/api-client.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { listSchedulesContract } from "../../shared/contracts/oncall/schedules/list-schedules.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { startPlatform, type TestPlatform } from "../support/platform/platform.ts";
import { deadEnd } from "../support/platform/provider-server.ts";
import { sharedPlatform } from "../support/platform/shared-platform.ts";
import { script } from "./platform-user.ts";

const smoke = (url: string, key = "", args: string[] = []) =>
  script("smoke", [url, ...args], { url }, { PLATFORM_KEY: key });

describe("a secured platform", () => {
  const keys = { ops: "a-key-that-may-all", reader: "a-key-that-reads" };
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform({
      env: {
        AUTH: "required",
        API_KEYS: `ops:ingest+write:${sha256(keys.ops)},reader:read:${sha256(keys.reader)}`,
      },
    });
  });
  afterAll(() => platform?.stop());

  test("works from the alert to its end, and is left as it was", async () => {
    const { code, output } = await smoke(platform.url, keys.ops, ["--email", "on@call.example"]);
    expect(output).toMatch(/requests without a key get 401.*paged on@call.example.*All \d+ checks passed/s);
    expect(code).toBe(0);
    const call = apiOf(platform.url, keys.ops);
    expect((await call(listSchedulesContract)).schedules).toEqual([]);
    expect((await call(listIncidentsContract)).incidents).toMatchObject([{ status: "resolved" }]);
  });

  test("started with keys of its own, as one that is open, shows no first key", async () => {
    for (const { output } of [platform, await sharedPlatform()]) expect(output()).not.toMatch(/ipk_/);
  });

  test("requests a key in one sentence", async () => {
    const { code, output } = await smoke(platform.url);
    expect(output).toContain("requires an API key. Set PLATFORM_KEY");
    expect(code).toBe(1);
  });

  test("says what a key may not", async () => {
    const { code, output } = await smoke(platform.url, keys.reader);
    expect(output).toMatch(/Smoke test failed: POST \/api\/v1\/schedules returned 403/);
    expect(code).toBe(1);
  });
});

describe("something broken", () => {
  /** A platform that answers everything alike. */
  async function answering(status: number, body: unknown) {
    const server = createServer((_, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
  }

  test.each<[string, number, unknown, string]>([
    ["that is degraded", 503, { status: "degraded" }, "GET /health returned 503"],
    ["that is no platform", 200, { hello: "system" }, "Smoke test failed"],
  ])("%s fails", async (_, status, body, reason) => {
    const server = await answering(status, body);
    const { code, output } = await smoke(server.url);
    server.close();
    expect(output).toContain(reason);
    expect(code).toBe(1);
  });

  test("that isn't there fails with why", async () => {
    const { code, output } = await smoke(`http://${deadEnd}`);
    expect(output).toContain("ECONNREFUSED");
    expect(code).toBe(1);
  });
});

test("a platform that asks for no key works too, from its own machine", async () => {
  const { code, output } = await smoke((await sharedPlatform()).url);
  expect(output).toMatch(/requires no API key.*All \d+ checks passed/s);
  expect(code).toBe(0);
});
