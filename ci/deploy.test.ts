import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { doubts, refusal } from "./deploy.ts";

const keyed = { API_KEYS: `ops:admin:${"0".repeat(64)}` };

it.each<[string, string | undefined, NodeJS.ProcessEnv, RegExp]>([
  ["no stage", undefined, keyed, /Needs a stage/],
  ["the local one", "local", keyed, /npm start runs it/],
  ["no name of a stage", "Prod!", keyed, /is no stage/],
  [
    "an address that is not AWS",
    "prod",
    { ...keyed, AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
    /not to AWS/,
  ],
  [
    "a setting that functions refuse",
    "prod",
    { API_KEYS: "ops:admin" },
    /name:scope\+scope:sha256.*API_KEYS/s,
  ],
])("refuses %s", (_, stage, env, reason) => {
  expect(refusal(stage, env)).toMatch(reason);
});

it("deploys a stage with keys, and one that gets its first afterwards", () => {
  expect(refusal("prod", keyed)).toBeUndefined();
  expect(refusal("prod", {})).toBeUndefined();
});

it("names what will work less well, and only that", () => {
  expect(doubts({}).map((doubt) => doubt.split(" ")[0])).toEqual([
    "API_KEYS",
    "SIGNING_SECRET",
    "PUBLIC_URL",
    "OPERATORS_EMAIL",
  ]);
  expect(
    doubts({ ...keyed, SIGNING_SECRET: "ssm:/x", PUBLIC_URL: "https://x", OPERATORS_EMAIL: "o@x.example" }),
  ).toEqual([]);
});

it("says in a sentence that there are no credentials", () => {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  const { status, stderr } = spawnSync(process.execPath, ["ci/deploy.ts", "--stage", "prod"], {
    cwd: resolve(import.meta.dirname, ".."),
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...keyed },
  });
  rmSync(home, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^No AWS credentials: set AWS_PROFILE/);
});
