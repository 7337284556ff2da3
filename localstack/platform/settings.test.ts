import { expect, test } from "vitest";
import { readSettings } from "./settings.ts";

test.each([
  [{ HTTP_PORT: "4566" }, "HTTP_PORT: must differ from EMULATOR_PORT, but both are 4566"],
  [
    { EXPORTER_PORT: "4567" },
    "EXPORTER_PORT: must differ from the port after EMULATOR_PORT, but both are 4567",
  ],
  [
    { HTTP_PORT: "9000", LAMBDA_PORT: "9000", EXPORTER_PORT: "9000" },
    "HTTP_PORT: must differ from LAMBDA_PORT, but both are 9000\nHTTP_PORT: must differ from EXPORTER_PORT, but both are 9000",
  ],
  [
    { SMTP_IN_PORT: "8080", INBOUND_EMAIL_DOMAIN: "in.example.com" },
    "HTTP_PORT: must differ from SMTP_IN_PORT, but both are 8080",
  ],
])("two servers on one port are rejected: %j", (env, faults) => {
  expect(() => readSettings(env)).toThrow(new Error(`Settings are invalid:\n${faults}`));
});

test.each(["", undefined])("a port for email without a domain is rejected: %j", (INBOUND_EMAIL_DOMAIN) => {
  expect(() => readSettings({ SMTP_IN_PORT: "2525", INBOUND_EMAIL_DOMAIN })).toThrow(
    "Settings are invalid:\nINBOUND_EMAIL_DOMAIN: is required with SMTP_IN_PORT",
  );
});

test.each([
  {},
  { HTTP_PORT: "9464", EXPORTER: "off" },
  { HTTP_PORT: "4567", AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
])("ports of servers that do not run are free: %j", (env) => {
  expect(readSettings(env).lambdaPort).toBe(3002);
});
