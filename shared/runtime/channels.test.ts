import { afterEach, describe, expect, test, vi } from "vitest";
import { anOutgoingMessage } from "../../tests/support/outgoing-message.ts";
import { startMailServer, startProvider } from "../../tests/support/platform/provider-server.ts";
import { failureOf } from "../../tests/support/suites/channel-suite.ts";
import type { ChannelName } from "../channels/registry.ts";
import { PermanentFailure, type Receipt } from "../domain/notifications/delivery.ts";

/** A message over a channel of a function that starts in this environment. */
async function deliverIn(
  environment: Record<string, string>,
  channel: ChannelName,
  address: string,
): Promise<string> {
  return (await receiptIn(environment, channel, address)).detail;
}

async function receiptIn(
  environment: Record<string, string>,
  channel: ChannelName,
  address: string,
): Promise<Receipt> {
  vi.resetModules();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { channels } = await import("./channels.ts");
  const delivering = channels()[channel];
  if (!delivering) throw new Error(`no channel ${channel}`);
  return delivering.deliver(anOutgoingMessage({ channel, address }));
}
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("a channel", () => {
  test.each([
    { channel: "email", address: "ada@example.com", setting: "SMTP_URL" },
    { channel: "slack", address: "#payments", setting: "SLACK_WEBHOOK_URL or SLACK_BOT_TOKEN" },
    { channel: "sms", address: "+4915112345678", setting: "TWILIO_ACCOUNT_SID" },
    { channel: "ntfy", address: "payments", setting: "NTFY_URL" },
    { channel: "discord", address: "#payments", setting: "DISCORD_WEBHOOK_URL" },
    { channel: "teams", address: "#payments", setting: "TEAMS_WEBHOOK_URL" },
    { channel: "telegram", address: "42", setting: "TELEGRAM_BOT_TOKEN" },
    { channel: "mattermost", address: "#payments", setting: "MATTERMOST_WEBHOOK_URL" },
    { channel: "googlechat", address: "#payments", setting: "GOOGLECHAT_WEBHOOK_URL" },
  ] as const)("that is not set up ($channel) is printed to the console, and says how", async (each) => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    expect(await receiptIn({}, each.channel, each.address)).toEqual({
      detail: `${each.channel} is not configured: set ${each.setting}`,
      simulated: true,
    });
    expect(String(written.mock.calls[0]?.[0])).toContain(`to ada@example.com by ${each.channel}`);
  });

  test("that is set up reaches its provider", async () => {
    const [provider, mail] = [await startProvider(), await startMailServer()];
    const environment = {
      SMTP_URL: mail.url,
      SLACK_WEBHOOK_URL: `${provider.url}/slack`,
      TWILIO_BASE_URL: `${provider.url}/`,
      TWILIO_ACCOUNT_SID: "AC1",
      TWILIO_AUTH_TOKEN: "token",
      TWILIO_FROM: "Incidents",
      NTFY_URL: provider.url,
    };
    try {
      const receipt = await receiptIn(environment, "email", "ada@example.com");
      expect(receipt.simulated ?? false).toBe(false);
      await deliverIn(environment, "slack", "#payments");
      await deliverIn(environment, "sms", "+4915112345678");
      await deliverIn(environment, "ntfy", "payments");
      await deliverIn(environment, "webhook", `${provider.url}/hook`);
      expect(mail.mails).toHaveLength(1);
      expect(provider.requests.map(({ path }) => path)).toEqual([
        "/slack",
        "/2010-04-01/Accounts/AC1/Messages.json",
        "/",
        "/hook",
      ]);
    } finally {
      await Promise.all([provider.close(), mail.close()]);
    }
  });

  test("that is set up wrongly fails alone", async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const environment = { TWILIO_ACCOUNT_SID: "AC1" };
    const failure = await failureOf(deliverIn(environment, "sms", "+4915112345678"));
    expect(failure).toMatchObject({ code: new PermanentFailure("").code });
    expect(failure.message).toContain("TWILIO_AUTH_TOKEN: is required with TWILIO_ACCOUNT_SID");
    expect(await deliverIn(environment, "email", "ada@example.com")).toContain("set SMTP_URL");
    const invalid = await failureOf(deliverIn({ SMTP_URL: "mail" }, "email", "ada@example.com"));
    expect(invalid).toMatchObject({ message: "settings are invalid: SMTP_URL: must be a URL" });
  });

  test("calls private networks on stage local alone", async () => {
    const provider = await startProvider();
    const hook = `${provider.url}/hook`;
    try {
      expect(await deliverIn({ STAGE: "local" }, "webhook", hook)).toContain("200");
      expect(await failureOf(deliverIn({ STAGE: "prod" }, "webhook", hook))).toMatchObject({
        code: new PermanentFailure("").code,
      });
      expect(provider.requests).toHaveLength(1);
      const allowed = { STAGE: "prod", OUTBOUND_ALLOW: "127.0.0.0/8" };
      expect(await deliverIn(allowed, "webhook", hook)).toContain("200");
    } finally {
      await provider.close();
    }
  });
});
