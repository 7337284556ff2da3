import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ProviderServer, startProvider } from "../../tests/support/platform/provider-server.ts";
import { failureOf } from "../../tests/support/suites/channel-suite.ts";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import { createHttp, type HttpOptions } from "./http.ts";

/** Names that a stranger's name server answers for as they like. */
const zones: Readonly<Record<string, readonly string[]>> = {
  "inside.example": ["127.0.0.1"],
  "metadata.example": ["169.254.169.254"],
  "both.example": ["192.0.2.1", "10.0.0.1"],
};
const realLookup = dns.lookup;

/** The agents ask the module itself. */
function setLookup(lookup: unknown): void {
  Object.assign(dns, { lookup });
  syncBuiltinESMExports();
}

let server: ProviderServer;
let port: string;
beforeAll(async () => {
  server = await startProvider();
  port = new URL(server.url).port;
});
afterAll(() => server.close());
afterEach(() => {
  server.behave({ status: 200 });
  setLookup(realLookup);
});

const strict: HttpOptions = { allowPrivate: false, allowedNetworks: [], timeoutMs: 9_000 };
const open: HttpOptions = { ...strict, allowPrivate: true };

function post(url: string, options: HttpOptions) {
  return createHttp(options).post({ url, headers: {}, body: "{}" });
}

describe("what must not be called", () => {
  const hosts = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "169.254.169.254",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[fd00::1]",
    "[64:ff9b::7f00:1]",
    "2130706433",
    "0x7f.1",
    "127.1",
  ];

  test.each(hosts)("%s is refused, and no connection is made", async (host) => {
    const before = server.connections;
    const failure = await failureOf(post(`https://${host}:${port}/`, strict));
    expect(failure).toBeInstanceOf(PermanentFailure);
    expect(failure.message).toBe("the address is in a blocked network");
    expect(server.connections).toBe(before);
  });

  test.each(Object.entries(zones))("%s is refused, which leads to %s", async (host, addresses) => {
    setLookup((_: string, options: { all?: boolean }, done: (...found: unknown[]) => void) => {
      if (options.all)
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        );
      else done(null, addresses[0], 4);
    });
    const before = server.connections;
    const failure = await failureOf(post(`https://${host}:${port}/`, strict));
    expect(failure).toBeInstanceOf(PermanentFailure);
    expect(failure.message).not.toContain(addresses[0]);
    expect(server.connections).toBe(before);
  });

  test.each([
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://user:password@example.com/",
    "//example.com",
    "example.com",
    "",
  ])("%j is refused", async (url) => {
    const failure = await failureOf(post(url, strict));
    expect(failure).toBeInstanceOf(PermanentFailure);
    expect(failure.message).not.toMatch(/password|passwd/);
  });
});

describe("a network that was allowed", () => {
  const allowing = (...allowedNetworks: string[]): HttpOptions => ({ ...strict, allowedNetworks });

  test.each(["127.0.0.0/8", "127.0.0.1"])("%s may be called, over plain http too", async (network) => {
    expect(await post(`http://127.0.0.1:${port}/`, allowing(network))).toMatchObject({ status: 200 });
  });

  test("allows no other private address, and no plain HTTP to public ones", async () => {
    for (const url of [`https://127.0.0.1:${port}/`, "http://192.0.2.1/", "http://8.8.8.8/"]) {
      expect(await failureOf(post(url, allowing("10.0.0.0/8")))).toBeInstanceOf(PermanentFailure);
    }
  });
});

describe("an answer", () => {
  test("of any length is read to its first 4 KiB", async () => {
    server.behave({ status: 200, body: "x".repeat(10_000_000) });
    const { body } = await post(server.url, open);
    expect(body).toBe("x".repeat(4_096));
  });

  test("returns any status and headers", async () => {
    server.behave({ status: 302, headers: { location: "/x", "retry-after": "3" } });
    expect(await post(server.url, open)).toMatchObject({
      status: 302,
      headers: { location: "/x", "retry-after": "3" },
    });
  });

  test("covers the request: body, its length and the headers", async () => {
    await createHttp(open).post({ url: `${server.url}/a?b=c`, headers: { "x-a": "1" }, body: "🚨" });
    expect(server.requests.at(-1)).toMatchObject({
      method: "POST",
      path: "/a?b=c",
      headers: { "x-a": "1", "content-length": "4" },
      body: "🚨",
    });
  });
});
