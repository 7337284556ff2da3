import { expect, test } from "vitest";
import { configuredChannels } from "./configured-channels.ts";

test("configured channels are listed by name, without a value", () => {
  expect(configuredChannels({})).toBe("");
  expect(
    configuredChannels({ SMTP_URL: "smtp://user:secret@host", NTFY_URL: "", SLACK_WEBHOOK_URL: "ssm:/x" }),
  ).toBe("email,slack");
  expect(configuredChannels({ SLACK_BOT_TOKEN: "ssm:/x" })).toBe("slack");
});

test("a channel without one of its required settings is not configured", () => {
  const twilio = { TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: "token" };
  expect(configuredChannels(twilio)).toBe("");
  const sms = { ...twilio, TWILIO_FROM: "+4930123456" };
  expect(configuredChannels({ ...sms, SIGNING_SECRET: "secret" })).toBe("sms");
  expect(configuredChannels({ ...sms, SIGNING_SECRET: "secret", PUBLIC_URL: "https://example.com" })).toBe(
    "sms,voice",
  );
  expect(configuredChannels({ VAPID_PRIVATE_KEY: "key" })).toBe("");
});
