import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../tests/support/platform/platform.ts";
import { digestSources } from "./sources.ts";

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const digest = (env: NodeJS.ProcessEnv = {}) => digestSources(root, env);

beforeEach(() => {
  root = temporaryFolder();
  for (const folder of ["functions", "infra", "localstack", "monitoring/exporter", "shared"])
    write(`${folder}/a.ts`, "1");
  write("serverless.yml", "service: a");
  write("node_modules/.package-lock.json", "{}");
  write(".env.example", "# A port.\nHTTP_PORT=8080\n# GATEWAY_URL=http://127.0.0.1\n");
});

test.each([
  "shared/a.ts",
  "shared/room/new.tsx",
  "infra/tables.yml",
  "serverless.yml",
  "node_modules/.package-lock.json",
])("a change of %s changes both digests", (file) => {
  const before = digest();
  write(file, "2");
  expect(digest().code).not.toBe(before.code);
  expect(digest().service).not.toBe(before.service);
});

test.each(["HTTP_PORT", "GATEWAY_URL"])("the setting %s changes the digest of the service alone", (name) => {
  const before = digest();
  expect(digest({ [name]: "1" }).code).toBe(before.code);
  expect(digest({ [name]: "1" }).service).not.toBe(before.service);
});

test("a file of settings changes the digest of the service alone", () => {
  const before = digest();
  write(".env.local", "AUTH=required");
  expect(digest().code).toBe(before.code);
  expect(digest().service).not.toBe(before.service);
});

test("other variables and tests change nothing", () => {
  const before = digest();
  write("shared/a.test.ts", "2");
  expect(digest({ PARENT_PID: "1" })).toEqual(before);
});

test("without an example of settings, each variable counts", () => {
  rmSync(join(root, ".env.example"));
  expect(digest({ ANY: "1" }).service).not.toBe(digest().service);
});
