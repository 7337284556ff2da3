import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { refusal, settingWarnings } from "./deploy.ts";

const keyed = { API_KEYS: `ops:admin:${"0".repeat(64)}` };

it.each<[string, string | undefined, NodeJS.ProcessEnv, RegExp]>([
  ["no stage", undefined, keyed, /^Set a stage/],
  ["the local one", "local", keyed, /Stage local runs on this machine/],
  ["no name of a stage", "Prod!", keyed, /Stage "Prod!" is invalid/],
  [
    "an address that is not AWS",
    "prod",
    { ...keyed, AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
    /which is not AWS/,
  ],
  [
    "a setting that functions refuse",
    "prod",
    { API_KEYS: "ops:admin" },
    /API_KEYS: must have the form name:scope\+scope:sha256/,
  ],
])("refuses %s", (_, stage, env, reason) => {
  expect(refusal(stage, env)).toMatch(reason);
});

it("deploys a stage with keys, and one that gets its first afterwards", () => {
  expect(refusal("prod", keyed)).toBeUndefined();
  expect(refusal("prod", {})).toBeUndefined();
});

it("names what will work less well, and only that", () => {
  expect(settingWarnings({}).map((warning) => warning.split(" ")[0])).toEqual([
    "API_KEYS",
    "SIGNING_SECRET",
    "PUBLIC_URL",
    "FALLBACK_EMAIL",
    "OPERATORS_EMAIL",
  ]);
  expect(
    settingWarnings({
      ...keyed,
      SIGNING_SECRET: "ssm:/x",
      PUBLIC_URL: "https://x",
      FALLBACK_EMAIL: "o@x.example",
      OPERATORS_EMAIL: "o@x.example",
    }),
  ).toEqual([]);
});

it("says in a sentence that there are no credentials", () => {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  const { status, stderr } = spawnSync(process.execPath, ["cli.ts", "deploy", "--stage", "prod"], {
    cwd: resolve(import.meta.dirname, ".."),
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...keyed },
  });
  rmSync(home, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^No AWS credentials. Set AWS_PROFILE/m);
});
