import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { settingFaults } from "./setting-faults.ts";

const example = join(resolve(import.meta.dirname, "../.."), ".env.example");

test("nothing set, what the example sets, and a parameter's name are well", () => {
  expect(settingFaults({})).toEqual([]);
  expect(settingFaults(parseEnv(readFileSync(example, "utf8")))).toEqual([]);
  expect(settingFaults({ SIGNING_SECRET: "ssm:/incident-platform-prod/signing" })).toEqual([]);
});

test("names each setting that functions refuse, and not its value", () => {
  const faults = settingFaults({
    API_KEYS: "ops:secret",
    SMTP_URL: "mail.example",
    PAGES_PER_QUARTER_HOUR: "0",
  });
  expect(faults).toEqual([
    "API_KEYS: must have the form name:scope+scope:sha256",
    "PAGES_PER_QUARTER_HOUR: must be at least 1",
    "SMTP_URL: must be a URL",
  ]);
});

test("parameters of a store count as set", () => {
  const account = { TWILIO_ACCOUNT_SID: "AC1", TWILIO_FROM: "+4930123456" };
  expect(settingFaults({ ...account, TWILIO_AUTH_TOKEN: "ssm:/incident-platform-prod/twilio" })).toEqual([]);
  expect(settingFaults(account)).toEqual(["TWILIO_AUTH_TOKEN: is required with TWILIO_ACCOUNT_SID"]);
});
