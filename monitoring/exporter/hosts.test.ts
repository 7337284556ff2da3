import { expect, test } from "vitest";
import { isAllowedHost } from "./hosts.ts";

test.each([
  "localhost:9464",
  "LOCALHOST",
  "127.0.0.1:9464",
  "10.0.0.5:9464",
  "[::1]:9464",
  "metrics-exporter:9464",
  "exporter.example.com:9464",
  undefined,
])("the exporter answers to %s", (host) => {
  expect(isAllowedHost(host, ["exporter.example.com"])).toBe(true);
});

test.each([
  "evil.example.com",
  "localhost.evil.example.com:9464",
  "127.0.0.1.evil.com",
  "a b",
  "[::1",
  "%zz",
  "a@localhost",
  "",
])("the exporter does not answer to %j", (host) => {
  expect(isAllowedHost(host, ["exporter.example.com"])).toBe(false);
});
