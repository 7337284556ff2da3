import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { collectTemporaryFolders } from "../support/run/temporary-folders.ts";

test("temporary folders of this process and its children are removed together, and later ones have the same parent", () => {
  const before = tmpdir();
  const remove = collectTemporaryFolders();
  mkdtempSync(join(tmpdir(), "own-"));
  spawnSync("mktemp", ["-d"]);
  const folder = tmpdir();
  expect(readdirSync(folder)).toHaveLength(2);

  remove();
  expect(tmpdir()).toBe(before);
  expect(readdirSync(before)).not.toContain(folder.slice(before.length + 1));
});

test("a run of test files leaves nothing behind in the temporary folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "run-"));
  // The first makes one and does not remove it. The second has the emulators of the run.
  const files = ["localstack/queues/invoke.test.ts", "tests/integration/dead-letters.test.ts"];
  const projects = ["--project", "unit", "--project", "integration"];
  const { status, stdout, stderr } = spawnSync("node_modules/.bin/vitest", ["run", ...projects, ...files], {
    cwd: resolve(import.meta.dirname, "../.."),
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: folder, NO_COLOR: "1" },
  });
  expect(stdout, stderr).toMatch(/Test Files +\d+ passed/);
  expect(status, stderr).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});
