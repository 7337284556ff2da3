import { createHash } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { channelClients } from "../channels/clients.ts";
import { client as emailClient } from "../channels/email.client.ts";
import { channelNames } from "../channels/registry.ts";
import { client as slackClient } from "../channels/slack.client.ts";
import { client as webhookClient } from "../channels/webhook.client.ts";

/** The configuration of a function that starts in this environment. */
async function configIn(environment: Record<string, string>): Promise<typeof import("./config.ts")> {
  vi.resetModules();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return import("./config.ts");
}
afterEach(() => vi.unstubAllEnvs());

const sha256 = createHash("sha256").update("secret").digest("hex");

describe("what a function reads from its environment", () => {
  test("has defaults for all settings except those of its environment", async () => {
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

  test("may set retention; without it, items are permanent", async () => {
    const { retentionConfig } = await configIn({ ALERT_RETENTION_DAYS: "90", EVENT_RETENTION_DAYS: "" });
    expect(retentionConfig()).toEqual({
      ALERT_RETENTION_DAYS: 90,
      NOTIFICATION_RETENTION_DAYS: 0,
      EVENT_RETENTION_DAYS: 0,
    });
    const { retentionConfig: wrong } = await configIn({ ALERT_RETENTION_DAYS: "1.5" });
    expect(() => wrong()).toThrow(/ALERT_RETENTION_DAYS/);
  });

  test("has the fallback address in lower case, as people are known by theirs", async () => {
    const { pagingConfig } = await configIn({ FALLBACK_EMAIL: "On.Call@Example.com" });
    expect(pagingConfig()).toEqual({ FALLBACK_EMAIL: "on.call@example.com" });
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
  ])("is rejected by name if $name is $value", async ({ name, value }) => {
    const { edgeConfig } = await configIn({ [name]: value });
    expect(() => edgeConfig()).toThrow(new RegExp(name));
  });

  test.each([
    { part: "linkConfig", name: "SIGNING_SECRET", value: "hunter2hunter2" },
    { part: "edgeConfig", name: "API_KEYS", value: "hunter2hunter2" },
    { part: "outboundConfig", name: "OUTBOUND_ALLOW", value: "hunter2hunter2" },
  ] as const)(
    "is rejected by name, and its value never printed: $name in $part",
    async ({ part, name, value }) => {
      const config = await configIn({ [name]: value });
      expect(() => config[part]()).toThrow(name);
      expect(() => config[part]()).not.toThrow("hunter2hunter2");
    },
  );

  test("may name networks", async () => {
    const config = await configIn({ OUTBOUND_ALLOW: "10.1.0.0/16,fd00::/8,192.168.1.1" });
    expect(config.outboundConfig().OUTBOUND_ALLOW).toHaveLength(3);
  });

  test("says which queue is missing", async () => {
    const { queueUrl } = await configIn({ ALERTS_QUEUE_URL: "" });
    expect(() => queueUrl("ALERTS_QUEUE_URL")).toThrow(/ALERTS_QUEUE_URL/);
  });
});

describe("a setting of a channel", () => {
  test.each([
    { channel: "email", name: "SMTP_URL", value: "https://user:hunter2hunter2@example.com" },
    { channel: "email", name: "SMTP_URL", value: "hunter2hunter2" },
    { channel: "email", name: "SMTP_FROM", value: "hunter2hunter2" },
    { channel: "slack", name: "SLACK_WEBHOOK_URL", value: "hooks.slack.com/hunter2hunter2" },
    { channel: "discord", name: "DISCORD_WEBHOOK_URL", value: "name=hunter2hunter2" },
    { channel: "teams", name: "TEAMS_WEBHOOK_URL", value: "ftp://hunter2hunter2" },
    { channel: "sms", name: "TWILIO_AUTH_TOKEN", value: "hunter2hunter2\u0007" },
    { channel: "webhook", name: "WEBHOOK_SECRETS", value: "hunter2hunter2" },
    { channel: "webhook", name: "WEBHOOK_SECRETS", value: "whsec_hunter2hunter2" },
    { channel: "ntfy", name: "NTFY_TOKEN", value: "hunter2hunter2🚨" },
    { channel: "ntfy", name: "NTFY_URL", value: "ntfy:hunter2hunter2" },
  ] as const)("is rejected by name, and its value never printed: $name", async ({ channel, name, value }) => {
    const { section } = await configIn({ [name]: value });
    const config = section(channelClients[channel].settings);
    expect(() => config()).toThrow(name);
    expect(() => config()).not.toThrow("hunter2hunter2");
    expect(config.faultsIn({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  test("may name destinations, keys and servers", () => {
    const hooks = "https://hooks.example.com";
    const keys = [Buffer.alloc(24, 1), Buffer.alloc(32, 2)];
    const slack = { SLACK_WEBHOOK_URL: `${hooks}/all, #Payments=${hooks}/payments` };
    expect(slackClient.settings().parse(slack).SLACK_WEBHOOK_URL).toEqual({
      fallback: `${hooks}/all`,
      named: new Map([["#payments", `${hooks}/payments`]]),
    });
    const secrets = keys.map((key) => `whsec_${key.toString("base64")}`).join();
    expect(webhookClient.settings().parse({ WEBHOOK_SECRETS: secrets })).toEqual({ WEBHOOK_SECRETS: keys });
    const mail = { SMTP_URL: "smtp://user:p%40ss@mail.example.com:587", SMTP_FROM: "on-call@example.com" };
    expect(emailClient.settings().parse(mail)).toEqual(mail);
  });

  test.each(channelNames)("is optional: nothing has to be set for %s", (channel) => {
    expect(channelClients[channel].settings().safeParse({}).success).toBe(true);
  });
});
