import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { lossyWriter } from "./lossy-writer.ts";

const root = resolve(import.meta.dirname, "../..");

/** A disk that is full until it is not. */
function disk() {
  const written: string[] = [];
  const state = { full: false };
  const write = (text: string) => {
    if (state.full) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    written.push(text);
  };
  return { written, state, write };
}

test("a full disk costs lines, and the first that fits again is preceded by how many", () => {
  const { written, state, write } = disk();
  const reasons: string[] = [];
  const log = lossyWriter(write, (reason) => reasons.push(reason));
  log("1\n");
  state.full = true;
  for (const line of ["2\n", "3\n", "4\n"]) log(line);
  state.full = false;
  log("5\n");
  log("6\n");

  expect(written).toEqual(["1\n", '\n{"level":"warn","message":"3 log lines were lost"}\n', "5\n", "6\n"]);
  expect(reasons).toEqual(["ENOSPC"]);
});

/** Runs a script whose standard output or errors go to a device that is always full. */
function onFullDisk(script: string, redirection: string) {
  const { status, stdout, stderr } = spawnSync(
    "/bin/sh",
    ["-c", `"$@" ${redirection}`, "sh", process.execPath, "--input-type=module", "-e", script],
    { cwd: root, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

const split = (file: string) => `
  const { splitOutput } = await import(${JSON.stringify(join(root, "localstack/output/output.ts"))});
  splitOutput(${JSON.stringify(file)}).open();`;
const linesThenTurn = `
  for (let index = 0; index < 3; index += 1) process.stdout.write('{"level":"info","message":"line"}\\n');
  process.stdout.write("a page\\n");
  setTimeout(() => process.stderr.write("still here\\n"), 20);`;

test.each(["/dev/full", "/proc/none/platform.log"])(
  "a log in %s never throws, and reports that once",
  (file) => {
    const { status, stdout, stderr } = onFullDisk(split(file) + linesThenTurn, "");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^The log ${file} is incomplete from here on: it can't be written \\(\\w+\\)\\.\na page\n$`),
    );
    expect(stderr).toBe("still here\n");
  },
);

test("a terminal that is a file on a full disk ends nothing", () => {
  const { status, stderr } = onFullDisk(split("/dev/null") + linesThenTurn, ">/dev/full");
  expect(status).toBe(0);
  expect(stderr).toBe("still here\n");
});

test("errors that go to a file on a full disk end nothing", () => {
  const script = `
    const { streamWriter } = await import(${JSON.stringify(join(root, "shared/telemetry/lossy-writer.ts"))});
    const write = streamWriter(process.stderr);
    write("lost\\n");
    setTimeout(() => { write("lost\\n"); console.log("still here"); }, 20);`;
  const { status, stdout } = onFullDisk(script, "2>/dev/full");
  expect(status).toBe(0);
  expect(stdout).toBe("still here\n");
});
