/** Tests each stage on its own, with a fake npm: deployment, rollback and messages of failures. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "state-"));
  mkdirSync(join(state, "bin"));
});
afterEach(() => rmSync(state, { recursive: true }));

/** `npm` for a stage: records its arguments, then runs the body. */
function npm(body: string): void {
  const text = `#!/usr/bin/env bash\necho "$*" >>"${state}/asked"\n${body}\n`;
  writeFileSync(join(state, "bin/npm"), text, { mode: 0o755 });
}

function run(stage: string, DEPLOY_STAGE = "prod") {
  const { status, stdout, stderr } = spawnSync(join(root, `ci/stages/${stage}.sh`), {
    encoding: "utf8",
    env: { PATH: `${join(state, "bin")}:${process.env.PATH}`, PIPELINE_STATE: state, DEPLOY_STAGE },
  });
  return { status, output: `${stdout}${stderr}`, asked: read("asked") };
}

function read(file: string): string {
  return existsSync(join(state, file)) ? readFileSync(join(state, file), "utf8") : "";
}

/** Simulates the deployment that `live-deployment.ts` reports. */
const runs = (timestamp: string) => `*live-deployment*) echo "${timestamp}" ;;`;

describe("deploying to AWS", () => {
  it("records the current deployment for a rollback, and the address", () => {
    npm(`case "$*" in
      ${runs("1700000000002")}
      *) echo "  HttpApiUrl: https://abc.execute-api.eu-central-1.amazonaws.com" ;;
    esac`);
    expect(run("deploy").status).toBe(0);
    expect(read("previous").trim()).toBe("1700000000002");
    expect(read("url").trim()).toBe("https://abc.execute-api.eu-central-1.amazonaws.com");
  });

  it("records no previous deployment the first time", () => {
    npm(`case "$*" in ${runs("")} esac`);
    expect(run("deploy").status).toBe(0);
    expect(read("previous").trim()).toBe("");
  });

  it("deploys nothing if the current deployment is unknown", () => {
    npm('case "$*" in *live-deployment*) echo "No AWS credentials: set AWS_PROFILE" >&2; exit 1 ;; esac');
    const { status, asked } = run("deploy");
    expect(status).toBe(1);
    expect(read("reason").trim()).toBe("No AWS credentials: set AWS_PROFILE");
    expect(asked).not.toContain("deploy --");
    expect(run("rollback")).toMatchObject({ status: 0, asked });
  });

  it("fails with the message of the deployment", () => {
    npm('case "$*" in *"run --silent deploy"*) echo "The template is invalid"; exit 1 ;; esac');
    expect(run("deploy").status).toBe(1);
    expect(read("reason").trim()).toBe("The template is invalid");
  });
});

describe("a rollback", () => {
  it("deploys the previous deployment", () => {
    npm(`case "$*" in ${runs("1700000000003")} esac`);
    writeFileSync(join(state, "previous"), "1700000000002\n");
    expect(run("rollback").asked).toContain("serverless rollback --stage prod --timestamp 1700000000002");
    expect(read("notes")).toContain("rolled stage prod back to deployment 1700000000002");
  });

  it("does nothing if CloudFormation rolled back already", () => {
    npm(`case "$*" in ${runs("1700000000002")} esac`);
    writeFileSync(join(state, "previous"), "1700000000002\n");
    expect(run("rollback").asked).not.toContain("serverless rollback");
    expect(read("notes")).toContain("still runs its previous deployment");
  });

  it("reports that a first deployment has no earlier one", () => {
    npm(`case "$*" in ${runs("1700000000001")} esac`);
    writeFileSync(join(state, "previous"), "\n");
    expect(run("rollback").asked).not.toContain("serverless rollback");
    expect(read("notes")).toContain("has no earlier deployment");
  });
});

describe("stopping the platform of a run", () => {
  /** Leaves what `start_platform` does: a process group of its own, and its number. */
  async function started(script: string) {
    const platform = spawn("bash", ["-c", `echo up; ${script}`], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(platform, "exit");
    await once(platform.stdout, "data");
    writeFileSync(join(state, "pid"), `${platform.pid}\n`);
    mkdirSync(join(state, "data"));
    return { platform, ended };
  }

  it("stops it, removes its data and reports it", async () => {
    const { ended } = await started("sleep 600 & wait");
    expect(run("rollback", "local")).toMatchObject({
      status: 0,
      output: expect.stringContaining("Removed the platform"),
    });
    await ended;
    expect(readdirSync(state).toSorted()).toEqual(["bin"]);
  });

  it("accepts one that has ended already", async () => {
    const { platform, ended } = await started("true");
    await ended;
    expect(platform.exitCode).toBe(0);
    expect(run("rollback", "local")).toMatchObject({
      status: 0,
      output: expect.stringContaining("Removed the platform"),
    });
    expect(readdirSync(state).toSorted()).toEqual(["bin"]);
  });

  it("does nothing for one that was never started", () => {
    expect(run("rollback", "local").status).toBe(0);
  });
});

describe("a failed stage reports the cause", () => {
  it.each([
    {
      stage: "quality",
      said: "ok       imports    1 s\nfailed   types     12.3 s\n\ntypes\n  shared/a.ts(3,1): error TS2322: no",
      reason: "a check failed: failed types 12.3 s; shared/a.ts(3,1): error TS2322: no",
    },
    {
      stage: "verify",
      said: "Smoke test of x\n  ✗ Waited 31 s\n\nSmoke test failed: Timed out after 31 s waiting for a page: no answer: ECONNREFUSED",
      reason:
        /^npm run smoke -- \S+: Smoke test failed: Timed out after 31 s waiting for a page: no answer: ECONNREFUSED$/,
    },
    {
      stage: "verify",
      said: "Error: something unexpected",
      reason: /: Error: something unexpected$/,
    },
    {
      stage: "test",
      said: "sh: 1: vitest: not found",
      reason: "sh: 1: vitest: not found",
    },
  ])("of $stage: $said", ({ stage, said, reason }) => {
    npm(`printf '%s\\n' ${JSON.stringify(said).replaceAll("\\n", "' '").replace(/^"|"$/g, "'")}; exit 1`);
    expect(run(stage, "local").status).toBe(1);
    expect(read("reason").trim()).toMatch(reason);
  });
});

it("runs the short fault tests after the tests", () => {
  npm("exit 0");
  const { status, asked } = run("test", "local");
  expect(status).toBe(0);
  expect(asked).toBe("test --silent\nrun --silent test:faults -- --tags-filter=short\n");
});

it("names the tests that failed and counts the skipped ones of all runs", () => {
  const reports = [
    { fullName: "saves", status: "failed", failureMessages: ["Error: full\n  at x"] },
    { fullName: "draws (skipped: chromium is not installed)", status: "skipped" },
  ].map((test) => ({ testResults: [{ name: "a.test.ts", status: test.status, assertionResults: [test] }] }));
  const write = reports.map(
    (report, index) => `echo '${JSON.stringify(report)}' >"$TEST_REPORTS/${index}.json"`,
  );
  npm(`case "$1" in
    exec) shift 3; exec "$@" ;;
    *) mkdir -p "$TEST_REPORTS"; ${write.join("; ")}; exit 1 ;;
  esac`);
  expect(run("test", "local").status).toBe(1);
  expect(read("reason").trim()).toMatch(/a\.test\.ts, saves: Error: full$/);
  expect(read("skipped").trim()).toBe("1 test skipped (chromium is not installed)");
});

it("leaves no folder behind when a stage runs on its own", () => {
  npm("exit 0");
  const TMPDIR = join(state, "tmp");
  mkdirSync(TMPDIR);
  const { status } = spawnSync(join(root, "ci/stages/verify.sh"), {
    env: { PATH: `${join(state, "bin")}:${process.env.PATH}`, TMPDIR },
  });
  expect(status).toBe(0);
  expect(readdirSync(TMPDIR)).toEqual([]);
});
