import { expect, test } from "vitest";
import { missingFaults, missingWarnings } from "./missing-settings.ts";

const twilio = { TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: "ssm:/twilio", TWILIO_FROM: "+4930123456" };
const vonage = {
  VONAGE_APPLICATION_ID: "app",
  VONAGE_PRIVATE_KEY: "ssm:/vonage",
  VONAGE_FROM: "4930123456",
  VONAGE_SIGNATURE_SECRET: "ssm:/signature",
  SIGNING_SECRET: "ssm:/signing",
};
const telegram = {
  TELEGRAM_BOT_TOKEN: "1:token",
  TELEGRAM_WEBHOOK_SECRET: "a secret of the webhook",
  TELEGRAM_BOT_NAME: "incidents_bot",
};
const oidc = { OIDC_ISSUER: "https://id.example.com", OIDC_CLIENT_ID: "incidents", SIGNING_SECRET: "ssm:/s" };

/** Each setup with the setting that enables it, and each setting that it does not work without. */
test.each([
  { complete: twilio, setting: "TWILIO_ACCOUNT_SID", required: ["TWILIO_AUTH_TOKEN", "TWILIO_FROM"] },
  {
    complete: vonage,
    setting: "VONAGE_APPLICATION_ID",
    required: ["VONAGE_PRIVATE_KEY", "VONAGE_SIGNATURE_SECRET", "VONAGE_FROM", "SIGNING_SECRET"],
  },
  {
    complete: { VAPID_PUBLIC_KEY: "public", VAPID_PRIVATE_KEY: "ssm:/vapid" },
    setting: "VAPID_PRIVATE_KEY",
    required: ["VAPID_PUBLIC_KEY"],
  },
  {
    complete: telegram,
    setting: "TELEGRAM_WEBHOOK_SECRET",
    required: ["TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_NAME"],
  },
  { complete: telegram, setting: "TELEGRAM_BOT_NAME", required: ["TELEGRAM_WEBHOOK_SECRET"] },
  {
    complete: { SLACK_TEAM_ID: "T1", SLACK_SIGNING_SECRET: "secret" },
    setting: "SLACK_TEAM_ID",
    required: ["SLACK_SIGNING_SECRET"],
  },
  {
    complete: { NTFY_URL: "https://ntfy.sh", NTFY_TOKEN: "token" },
    setting: "NTFY_TOKEN",
    required: ["NTFY_URL"],
  },
  {
    complete: { SMTP_IN_PORT: "2525", INBOUND_EMAIL_DOMAIN: "in.example.com" },
    setting: "SMTP_IN_PORT",
    required: ["INBOUND_EMAIL_DOMAIN"],
  },
  {
    complete: { INBOUND_EMAIL_TOPIC_ARN: "arn", INBOUND_EMAIL_DOMAIN: "in.example.com" },
    setting: "INBOUND_EMAIL_TOPIC_ARN",
    required: ["INBOUND_EMAIL_DOMAIN"],
  },
  {
    complete: {
      INBOUND_EMAIL_IN_STACK: "on",
      INBOUND_EMAIL_DOMAIN: "in.example.com",
      PUBLIC_URL: "https://x",
    },
    setting: "INBOUND_EMAIL_IN_STACK",
    required: ["INBOUND_EMAIL_DOMAIN", "PUBLIC_URL"],
  },
  { complete: oidc, setting: "OIDC_ISSUER", required: ["OIDC_CLIENT_ID", "SIGNING_SECRET"] },
  {
    complete: { ...oidc, OIDC_CLIENT_SECRET: "ssm:/oidc" },
    setting: "OIDC_CLIENT_SECRET",
    required: ["OIDC_ISSUER"],
  },
])("$setting works with $required alone", ({ complete, setting, required }) => {
  expect(missingFaults(complete)).toEqual([]);
  for (const name of required) {
    expect(missingFaults({ ...complete, [name]: "" })).toContain(`${name}: is required with ${setting}`);
  }
});

test.each([
  ["TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID"],
  ["VONAGE_SIGNATURE_SECRET", "VONAGE_APPLICATION_ID"],
  ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY"],
  ["OIDC_CLIENT_ID", "OIDC_ISSUER"],
])("%s is of no use without %s", (setting, required) => {
  expect(missingFaults({ [setting]: "value" })).toEqual([`${required}: is required with ${setting}`]);
});

test("all settings that another one requires are reported at once, each once", () => {
  expect(missingFaults({ TWILIO_ACCOUNT_SID: "AC1", SIGNING_SECRET: "secret" })).toEqual([
    "TWILIO_AUTH_TOKEN: is required with TWILIO_ACCOUNT_SID",
    "TWILIO_FROM: is required with TWILIO_ACCOUNT_SID",
  ]);
});

test.each([
  { env: twilio, missing: "PUBLIC_URL", effect: /calls fail/i },
  { env: vonage, missing: "PUBLIC_URL", effect: /calls fail/i },
  { env: { SLACK_BOT_TOKEN: "xoxb-1" }, missing: "SLACK_SIGNING_SECRET", effect: /links instead of buttons/ },
  {
    env: { SLACK_WEBHOOK_URL: "https://x" },
    missing: "SLACK_SIGNING_SECRET",
    effect: /commands are rejected/,
  },
  { env: { TELEGRAM_BOT_TOKEN: "1:a" }, missing: "TELEGRAM_WEBHOOK_SECRET", effect: /takes no commands/ },
  { env: { MATTERMOST_WEBHOOK_URL: "https://x" }, missing: "PUBLIC_URL", effect: /instead of buttons/ },
  { env: { SMTP_URL: "smtp://mail" }, missing: "SMTP_FROM", effect: /incidents@example.com/ },
  { env: { INBOUND_EMAIL_DOMAIN: "in.example.com" }, missing: "SMTP_IN_PORT", effect: /does not reach/ },
  {
    env: { INBOUND_EMAIL_DOMAIN: "in.example.com", INBOUND_EMAIL_TOPIC_ARN: "arn" },
    missing: "PUBLIC_URL",
    effect: /Amazon SES does not reach/,
  },
])("without $missing, $env does less", ({ env, missing, effect }) => {
  expect(missingFaults(env)).toEqual([]);
  expect(missingWarnings(env)).toEqual([expect.stringMatching(effect)]);
  expect(missingWarnings(env)[0]).toContain(missing);
  expect(missingWarnings({ ...env, [missing]: "value" })).toEqual([]);
});

test("one of several settings is enough, and without settings nothing is missing", () => {
  const domain = { INBOUND_EMAIL_DOMAIN: "in.example.com", PUBLIC_URL: "https://x" };
  expect(missingWarnings(domain)).toEqual([
    "None of SMTP_IN_PORT, INBOUND_EMAIL_IN_STACK, INBOUND_EMAIL_TOPIC_ARN is set. Email to this domain does not reach the platform.",
  ]);
  expect(missingWarnings({ ...domain, INBOUND_EMAIL_TOPIC_ARN: "arn" })).toEqual([]);
  expect([...missingFaults({}), ...missingWarnings({})]).toEqual([]);
});
