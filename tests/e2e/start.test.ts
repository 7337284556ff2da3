import { expect, test } from "vitest";
import { startPlatform } from "../support/platform/platform.ts";

test("without the database's package, npm start says in a sentence what to do", {
  timeout: 30_000,
}, async () => {
  const hide = `import { Module } from "node:module";
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => resolve(name.startsWith("@dynoxide/") ? "nowhere" : name, ...rest);`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hide)}`;
  await expect(startPlatform({ env: { NODE_OPTIONS } })).rejects.toThrow(
    /ended with 1:\nThe embedded DynamoDB has no binary.*\nor set DYNOXIDE_BIN/,
  );
});
