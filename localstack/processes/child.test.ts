import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { reap } from "../../infra/operate/reap.ts";
import { saysReady, startChild } from "./child.ts";

let folder: string;
let pidFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "child-"));
  pidFile = join(folder, "helper.pid");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Waits until something ends it. */
const idle = `setInterval(() => {}, 1_000); console.log("ready")`;

async function started(command: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  return child;
}

/** Empty once it has ended, reaped or not. */
function commandLine(pid: number): string {
  return existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";
}

it("leaves an unrelated process alone that has the process id of a stale file", async () => {
  // It even names the folder in its command line.
  writeFileSync(join(folder, "platform.log"), "");
  const bystander = await started("tail", ["-f", join(folder, "platform.log")]);
  writeFileSync(pidFile, `${bystander.pid}\n`);

  expect(await reap(pidFile)).toBe(false);
  expect(bystander.signalCode).toBeNull();
  expect(() => process.kill(bystander.pid ?? 0, 0)).not.toThrow();
  expect(existsSync(pidFile)).toBe(false);
});

it.each(["", "0", "1", "-1", "words", "999999999"])(
  "takes no harm from a file that says %j",
  async (text) => {
    writeFileSync(pidFile, text);
    expect(await reap(pidFile)).toBe(false);
  },
);

it("ends the child that the file names", async () => {
  const child = await startChild({
    name: "Helper",
    command: process.execPath,
    args: ["-e", `${idle}; process.send("ready")`],
    pidFile,
    output: "inherit",
    // Before, its environment cannot be read: the shell is replacing itself.
    ready: saysReady,
  });
  onTestFinished(() => child.stop());
  const pid = Number(readFileSync(pidFile, "utf8"));
  expect(pid).toBe(child.pid);
  expect(await reap(pidFile)).toBe(true);
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 10_000);
});

it("ends with the process that started it, even if that is killed", async () => {
  const script = `
    const { startChild } = await import(${JSON.stringify(join(import.meta.dirname, "child.ts"))});
    await startChild({
      name: "Helper", command: "sleep", args: ["600"], pidFile: ${JSON.stringify(pidFile)},
      output: "inherit", ready: async () => {},
    });
    console.log("started");`;
  const parent = await started(process.execPath, ["--input-type=module", "-e", script]);
  const closed = once(parent, "close"); // the child holds the parent's output
  await once(parent.stdout as NonNullable<typeof parent.stdout>, "data");
  const pid = Number(readFileSync(pidFile, "utf8"));
  expect(() => process.kill(pid, 0)).not.toThrow();

  parent.kill("SIGKILL");
  await closed;
  await expect.poll(() => commandLine(pid)).toBe("");
});
