import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startPlatform } from "../support/platform/platform.ts";

test("without the database's package, npm start says in a sentence what to do", async () => {
  const hide = `import { Module } from "node:module";
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => resolve(name.startsWith("@dynoxide/") ? "nowhere" : name, ...rest);`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hide)}`;
  await expect(startPlatform({ env: { NODE_OPTIONS } })).rejects.toThrow(
    /ended with 1:\nThe embedded DynamoDB has no binary.*\nor set DYNOXIDE_BIN/,
  );
});

test("the next start does not resolve serverless.yml again, unless a setting changes", async () => {
  const platform = await startPlatform();
  onTestFinished(async () => void (await platform.stop()));
  const resolvedAt = () => statSync(join(platform.dataDir, "cache/service.json")).mtimeMs;
  const first = resolvedAt();
  await platform.restart();
  expect(resolvedAt()).toBe(first);
  expect((await fetch(`${platform.url}/health`)).status).toBe(200);

  await platform.stop();
  const changed = await startPlatform({ dataDir: platform.dataDir, env: { DEFAULT_TEAM: "core" } });
  onTestFinished(async () => void (await changed.stop()));
  expect(resolvedAt()).not.toBe(first);
});
