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

  test("may say how long things are kept; nothing said, and nothing written, is for good", async () => {
    const { retentionConfig } = await configIn({ ALERT_RETENTION_DAYS: "90", EVENT_RETENTION_DAYS: "" });
    expect(retentionConfig()).toEqual({
      ALERT_RETENTION_DAYS: 90,
      NOTIFICATION_RETENTION_DAYS: 0,
      EVENT_RETENTION_DAYS: 0,
    });
    const { retentionConfig: wrong } = await configIn({ ALERT_RETENTION_DAYS: "1.5" });
    expect(() => wrong()).toThrow(/ALERT_RETENTION_DAYS/);
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
  ])("is formErrors by name when $name is $value", async ({ name, value }) => {
    const { edgeConfig } = await configIn({ [name]: value });
    expect(() => edgeConfig()).toThrow(new RegExp(name));
  });

  test.each([
    { part: "emailConfig", name: "SMTP_URL", value: "https://user:hunter2hunter2@example.com" },
    { part: "emailConfig", name: "SMTP_URL", value: "hunter2hunter2" },
    { part: "emailConfig", name: "SMTP_FROM", value: "hunter2hunter2" },
    { part: "slackConfig", name: "SLACK_WEBHOOK_URL", value: "hooks.slack.com/hunter2hunter2" },
    { part: "discordConfig", name: "DISCORD_WEBHOOK_URL", value: "name=hunter2hunter2" },
    { part: "teamsConfig", name: "TEAMS_WEBHOOK_URL", value: "ftp://hunter2hunter2" },
    { part: "smsConfig", name: "TWILIO_AUTH_TOKEN", value: "hunter2hunter2\u0007" },
    { part: "smsConfig", name: "TWILIO_ACCOUNT_SID", value: "hunter2hunter2" },
    { part: "webhookConfig", name: "WEBHOOK_SECRETS", value: "hunter2hunter2" },
    { part: "webhookConfig", name: "WEBHOOK_SECRETS", value: "whsec_hunter2hunter2" },
    { part: "ntfyConfig", name: "NTFY_TOKEN", value: "hunter2hunter2🚨" },
    { part: "ntfyConfig", name: "NTFY_URL", value: "ntfy:hunter2hunter2" },
    { part: "linkConfig", name: "SIGNING_SECRET", value: "hunter2hunter2" },
    { part: "edgeConfig", name: "API_KEYS", value: "hunter2hunter2" },
    { part: "outboundConfig", name: "OUTBOUND_ALLOW", value: "hunter2hunter2" },
  ] as const)("is formErrors by name and never told: $name in $part", async ({ part, name, value }) => {
    const config = await configIn({ [name]: value });
    expect(() => config[part]()).toThrow(name);
    expect(() => config[part]()).not.toThrow("hunter2hunter2");
  });

  test("may name destinations, keys and networks", async () => {
    const config = await configIn({
      SLACK_WEBHOOK_URL: "https://hooks.example.com/all, #Payments=https://hooks.example.com/payments",
      WEBHOOK_SECRETS: `whsec_${Buffer.alloc(24, 1).toString("base64")},whsec_${Buffer.alloc(32, 2).toString("base64")}`,
      OUTBOUND_ALLOW: "10.1.0.0/16,fd00::/8,192.168.1.1",
      SMTP_URL: "smtp://user:p%40ss@mail.example.com:587",
      SMTP_FROM: "on-call@example.com",
    });
    expect(config.slackConfig().SLACK_WEBHOOK_URL).toEqual({
      fallback: "https://hooks.example.com/all",
      named: new Map([["#payments", "https://hooks.example.com/payments"]]),
    });
    expect(config.webhookConfig().WEBHOOK_SECRETS).toEqual([Buffer.alloc(24, 1), Buffer.alloc(32, 2)]);
    expect(config.outboundConfig().OUTBOUND_ALLOW).toHaveLength(3);
    expect(config.emailConfig()).toMatchObject({ SMTP_FROM: "on-call@example.com" });
  });

  test("says which queue is missing", async () => {
    const { queueUrl } = await configIn({ ALERTS_QUEUE_URL: "" });
    expect(() => queueUrl("ALERTS_QUEUE_URL")).toThrow(/ALERTS_QUEUE_URL/);
  });
});
