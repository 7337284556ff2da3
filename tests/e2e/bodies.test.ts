/** Bodies as clients send them, through the local gateway: compressed, with large numbers, and odd. */
import { deflateSync, gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { createIncidentContract } from "../../shared/contracts/incidents/create-incident.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { unique } from "../support/builders.ts";
import { waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { userOf } from "./platform-user.ts";

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});

async function send(
  method: string,
  path: string,
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: unknown }> {
  const reply = await fetch(platform.url + path, { method, body, headers });
  return { status: reply.status, code: ((await reply.json()) as { code?: unknown }).code };
}

test.each([
  ["application/json", "gzip", gzipSync],
  ["application/json", "deflate", deflateSync],
  ["text/plain", "gzip", gzipSync],
  ["application/octet-stream", "gzip", gzipSync],
] as const)("%s in %s is taken", async (type, encoding, encode) => {
  const body = encode(JSON.stringify({ service: "packed", severity: "low", message: "Störung" }));
  const headers = { "content-type": type, "content-encoding": encoding };
  expect((await send("POST", "/api/v1/alerts", body, headers)).status).toBe(202);
});

test("a body that is too large when decompressed, or has an unsupported encoding, is rejected", async () => {
  const gzip = { "content-encoding": "gzip" };
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  expect(await send("POST", "/api/v1/alerts", bomb, gzip)).toEqual({ status: 413, code: "too_large" });
  expect(await send("POST", "/api/v1/alerts", "{}", gzip)).toEqual({ status: 400, code: "unreadable" });
  const zstd = await send("POST", "/api/v1/alerts", "{}", { "content-encoding": "zstd" });
  expect(zstd).toEqual({ status: 415, code: "unknown_encoding" });
});

test.each([
  "",
  "application/json",
  "application/json; charset=utf-8",
  "text/plain",
  "no/such; type",
  "nonsense",
])("the Content-Type %j changes nothing", async (type) => {
  const body = JSON.stringify({ service: "typed", severity: "low", message: "🚨" });
  expect((await send("POST", "/api/v1/alerts", body, { "content-type": type })).status).toBe(202);
});

test("an integer that JavaScript would round comes back with its digits", async () => {
  const labels = '{"trace":7615917337495251231,"small":42}';
  const service = unique("exact-");
  const body = `{"service":"${service}","severity":"low","message":"m","labels":${labels}}`;
  expect((await send("POST", "/api/v1/alerts", body, { "content-type": "application/json" })).status).toBe(
    202,
  );
  const exact = async () => (await userOf(platform).alerts({ service }))[0];
  await waitFor(async () => (await exact()) !== undefined);
  expect((await exact())?.labels).toEqual({ trace: "7615917337495251231", small: 42 });
});

test.each(["null", "false", "0", '""', "[]", "{"])(
  "an acknowledgement with the body %s is none",
  async (body) => {
    const { call } = userOf(platform);
    const incident = { title: "odd", service: "odd", severity: "low" } as const;
    const { id } = await call(createIncidentContract, { body: incident });
    const path = `/api/v1/incidents/${id}/acknowledge`;
    const { status } = await send("PATCH", path, body, { "content-type": "application/json" });
    expect(status).toBe(body === "{" ? 400 : 422);
    expect((await call(getIncidentContract, { params: { id } })).status).toBe("open");
    expect((await send("PATCH", path, "")).status).toBe(200);
  },
);
