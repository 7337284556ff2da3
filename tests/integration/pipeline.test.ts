import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readYaml } from "../../infra/stack/functions.ts";

const root = resolve(import.meta.dirname, "../..");
const names = ["quality", "security", "test", "build", "deploy", "verify"];

let stages: string;
beforeEach(() => {
  stages = mkdtempSync(join(tmpdir(), "stages-"));
  for (const name of [...names, "rollback"]) stage(name, `echo "${name} runs"`);
});
afterEach(() => rmSync(stages, { recursive: true }));

/** Replaces a stage by a script that records its run in a file. */
function stage(name: string, body: string): void {
  const text = `#!/usr/bin/env bash\necho ${name} >>"${stages}/ran"\n${body}\n`;
  writeFileSync(join(stages, `${name}.sh`), text, { mode: 0o755 });
}

function pipeline(args: string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(join(root, "run-pipeline.sh"), args, {
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      PIPELINE_STAGES: stages,
      PIPELINE_EVIDENCE: join(stages, "evidence"),
      ...env,
    },
  });
  const ran = existsSync(join(stages, "ran"))
    ? readFileSync(join(stages, "ran"), "utf8").trim().split("\n")
    : [];
  return { status, output: `${stdout}${stderr}`, ran };
}

/** Empty once the process has ended, reaped or not. */
function commandLine(pid: string): string {
  return existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";
}

// The resources of a run are removed at its end by the rollback stage.
const tidied = "rollback";

describe("the pipeline", () => {
  it("runs its stages in order and prints a summary", () => {
    const { status, output, ran } = pipeline();
    expect(status).toBe(0);
    expect(ran).toEqual([...names, tidied]);
    for (const name of names) expect(output).toMatch(new RegExp(`^${name} +passed +\\d+ s$`, "m"));
    expect(output).toContain("All passed");
  });

  it("stops at the first failed stage and prints its reason", () => {
    stage("security", 'echo "a secret is in the files" >"$PIPELINE_STATE/reason"; echo noise; exit 1');
    const { status, output, ran } = pipeline();
    expect(status).toBe(1);
    expect(ran).toEqual(["quality", "security", tidied]);
    expect(output).toMatch(/^security +failed/m);
    expect(output).toMatch(/^test +-/m);
    expect(output).toMatch(/security failed after \d+ s: a secret is in the files/);
  });

  it("reports the last line of a stage without a reason", () => {
    stage("build", 'echo "no space left"; echo; exit 7');
    expect(pipeline().output).toMatch(/build failed after \d+ s: no space left/);
  });

  it.each(["deploy", "verify"])("rolls a deployment back if %s fails", (name) => {
    stage(name, "exit 1");
    stage("rollback", 'echo "rolled back"');
    const { status, output } = pipeline([], { FORCE_COLOR: "0" });
    expect(status).toBe(1);
    expect(output).toMatch(/▶ rollback\nrolled back/);
  });

  it("ends with the cause, the tests that were skipped, and that the local platform was stopped", () => {
    stage("test", 'echo "14 tests skipped (chromium is not installed)" >"$PIPELINE_STATE/skipped"');
    stage("deploy", 'echo 1 >"$PIPELINE_STATE/pid"');
    stage("verify", 'echo "no answer: ECONNREFUSED" >"$PIPELINE_STATE/reason"; exit 1');
    stage("rollback", 'rm -f "$PIPELINE_STATE/pid"');
    const lastLine = (output: string) => output.trim().split("\n").at(-1);
    expect(lastLine(pipeline().output)).toMatch(
      /^verify failed after \d+ s: no answer: ECONNREFUSED; 14 tests skipped \(chromium is not installed\); the local platform was stopped$/,
    );
    stage("verify", "exit 0");
    expect(lastLine(pipeline().output)).toMatch(
      /^All passed in \d+ s; 14 tests skipped \(chromium is not installed\); the local platform was stopped$/,
    );
  });

  it("reports a failed rollback", () => {
    stage("deploy", 'echo 1 >"$PIPELINE_STATE/pid"; exit 1');
    stage("rollback", "exit 1");
    const { output } = pipeline();
    expect(output).toContain("Note: The rollback failed.");
    expect(output).not.toContain("was stopped");
  });

  it("keeps only the logs of the last failed deployment", () => {
    stage("deploy", 'mkdir "$PIPELINE_STATE/data"; echo log >"$PIPELINE_STATE/data/platform.log"');
    stage("verify", 'echo "the page is queued, no answer: ECONNREFUSED"; exit 1');
    const { output } = pipeline();
    const evidence = join(stages, "evidence");
    expect(output).toContain(`Logs of the failed deployment are in ${evidence}/.`);
    expect(readFileSync(join(evidence, "data-platform.log"), "utf8")).toBe("log\n");
    expect(readFileSync(join(evidence, "verify.log"), "utf8")).toContain("no answer: ECONNREFUSED");
    stage("deploy", "exit 1");
    stage("rollback", "exit 0");
    pipeline();
    expect(existsSync(evidence)).toBe(false);
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "stops immediately on %s, with the processes of the stage",
    async (signal) => {
      stage("build", `sleep 600 & echo $! >"${stages}/sleeper"; wait`);
      const run = spawn(join(root, "run-pipeline.sh"), {
        env: { PATH: process.env.PATH, PIPELINE_STAGES: stages, PIPELINE_EVIDENCE: join(stages, "evidence") },
        stdio: "ignore",
      });
      const ended = once(run, "exit");
      await expect.poll(() => existsSync(join(stages, "sleeper"))).toBe(true);
      await expect.poll(() => readFileSync(join(stages, "sleeper"), "utf8")).not.toBe("");
      const sleeper = readFileSync(join(stages, "sleeper"), "utf8").trim();
      run.kill(signal);
      expect(await ended).toEqual([130, null]);
      await expect.poll(() => commandLine(sleeper)).toBe("");
      expect(readFileSync(join(stages, "ran"), "utf8")).toMatch(/build\nrollback\n$/);
    },
  );

  it("adds notes of stages to the summary", () => {
    stage("build", 'echo "no Docker engine here" >>"$PIPELINE_STATE/notes"');
    expect(pipeline().output).toMatch(/verify +passed.*\n\nNote: no Docker engine here/);
  });

  it("starts at the stage of --from", () => {
    expect(pipeline(["--from", "build"]).ran).toEqual(["build", "deploy", "verify", tidied]);
  });

  it("runs only the stage of --only", () => {
    expect(pipeline(["--only", "test"]).ran).toEqual(["test", tidied]);
  });

  it("passes the stage to its scripts, and changes nothing on AWS after a success", () => {
    stage("deploy", 'echo "to $DEPLOY_STAGE"');
    const { output, ran } = pipeline(["--stage", "prod"]);
    expect(output).toContain("to prod");
    expect(ran).toEqual(names);
  });

  it.each([
    ["a stage that does not exist", ["--from", "nowhere"], "Unknown stage: nowhere"],
    ["an option that does not exist", ["--fast"], "Unknown option: --fast"],
    ["a value that is missing", ["--only"], "--only needs a value"],
  ])("refuses %s", (_, args, reason) => {
    const { status, output, ran } = pipeline(args);
    expect(status).toBe(2);
    expect(output).toContain(reason);
    expect(ran).toEqual([]);
  });

  it("prints its help", () => {
    const { status, output } = pipeline(["--help"]);
    expect(status).toBe(0);
    for (const name of names) expect(output).toMatch(new RegExp(`^ +${name} `, "m"));
  });

  it.each([
    ["no colors without a terminal", {}, false],
    ["colors if requested", { FORCE_COLOR: "1" }, true],
    ["no colors with NO_COLOR", { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("has %s", (_, env, colored) => {
    expect(pipeline([], env).output.includes("\u001b[")).toBe(colored);
  });
});

describe("GitHub's workflow", () => {
  const workflow = readYaml(join(root, ".github/workflows/ci.yml")) as {
    permissions: Record<string, string>;
    jobs: Record<string, { steps: { uses?: string; run?: string }[] }>;
  };
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it("runs the stages of the pipeline, each once and in order", () => {
    const run = steps.flatMap(({ run = "" }) => {
      const [, how, name = ""] = /pipeline\.sh --(only|from) (\w+)/.exec(run) ?? [];
      return how === "from" ? names.slice(names.indexOf(name)) : how ? [name] : [];
    });
    expect(run).toEqual(names);
  });

  it("pins every action to a commit", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it("may read and no more", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
  });
});
