import { createHash } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";

/** The configuration of a function that starts in this environment. */
async function configIn(environment: Record<string, string>): Promise<typeof import("./config.ts")> {
  vi.resetModules();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return import("./config.ts");
}
afterEach(() => vi.unstubAllEnvs());

const sha256 = createHash("sha256").update("secret").digest("hex");

describe("what a function reads from its environment", () => {
  test("has a default for all but what it stands on", async () => {
    const config = await configIn({});
    expect(config.correlationConfig()).toEqual({ CORRELATION_WINDOW_SECONDS: 300 });
    expect(config.ownershipConfig()).toEqual({ DEFAULT_TEAM: "default" });
    expect(config.logConfig()).toEqual({ LOG_LEVEL: "info" });
    expect(config.edgeConfig()).toMatchObject({ STAGE: "local", AUTH: "", API_KEYS: [], CORS_ORIGINS: [] });
  });

  test("is read when it is first used: a function is not asked for what it does not use", async () => {
    const config = await configIn({ TABLE_NAME: "" });
    expect(config.logConfig()).toEqual({ LOG_LEVEL: "info" });
    expect(() => config.tableConfig()).toThrow(/TABLE_NAME/);
  });

  test("may list keys, hosts and origins with commas and spaces", async () => {
    const { edgeConfig } = await configIn({
      API_KEYS: ` ci:ingest+read:${sha256} ,`,
      ALLOWED_HOSTS: "a.example.com, b.example.com",
      CORS_ORIGINS: "https://status.example.com",
    });
    expect(edgeConfig()).toMatchObject({
      API_KEYS: [{ name: "ci", scopes: ["ingest", "read"], sha256 }],
      ALLOWED_HOSTS: ["a.example.com", "b.example.com"],
      CORS_ORIGINS: ["https://status.example.com"],
    });
  });

  test.each([
    { name: "API_KEYS", value: "ci:read:secret" },
    { name: "API_KEYS", value: `ci::${sha256}` },
    { name: "AUTH", value: "maybe" },
    { name: "PUBLIC_URL", value: "example" },
  ])("is refused by name when $name is $value", async ({ name, value }) => {
    const { edgeConfig } = await configIn({ [name]: value });
    expect(() => edgeConfig()).toThrow(new RegExp(name));
  });

  test("says which queue is missing", async () => {
    const { queueUrl } = await configIn({ ALERTS_QUEUE_URL: "" });
    expect(() => queueUrl("ALERTS_QUEUE_URL")).toThrow(/ALERTS_QUEUE_URL/);
  });
});
