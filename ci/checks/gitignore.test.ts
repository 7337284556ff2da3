import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { gitignore } from "./gitignore.ts";

const root = resolve(import.meta.dirname, "../..");

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "gitignore-"));
  spawnSync("git", ["init", "--quiet"], { cwd: repository });
  cpSync(join(root, ".gitignore"), join(repository, ".gitignore"));
});

const faults = async () => (await gitignore.run(repository)).faults;

it("finds nothing wrong with the repository's own file", async () => {
  expect(await faults()).toEqual([]);
});

it.each([
  [".env.*\n", [".env.local is not ignored", ".env.production is not ignored"]],
  [".env\n", [".env is not ignored", "infra/.env is not ignored"]],
  ["!.env.example\n", [".env.example is ignored, but must be committed"]],
  ["*.key\n", ["server.key is not ignored", "ci/deploy.key is not ignored"]],
  ["coverage/\n", ["coverage/index.html is not ignored"]],
  ["node_modules\n", ["node_modules/zod/index.js is not ignored"]],
])("misses the line %j", async (line, expected) => {
  const file = join(repository, ".gitignore");
  const text = readFileSync(file, "utf8");
  expect(text).toContain(line);
  writeFileSync(file, text.replace(line, ""));
  expect(await faults()).toEqual(expected);
});

it("finds what was committed against it", async () => {
  writeFileSync(join(repository, "server.key"), "a key");
  spawnSync("git", ["add", "--force", "server.key"], { cwd: repository });
  expect(await faults()).toEqual(["server.key is committed, but must be ignored"]);
});

it("the check is skipped outside a Git repository", async () => {
  expect(await gitignore.run(tmpdir())).toEqual({ faults: [], skipped: "this is not a Git repository" });
});
