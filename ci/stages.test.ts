/** Deploying to AWS and going back, by the stages themselves; only what they call is not real. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "state-"));
  mkdirSync(join(state, "bin"));
});
afterEach(() => rmSync(state, { recursive: true }));

/** `npm` for a stage: says what it was asked for, and does this. */
function npm(body: string): void {
  const text = `#!/usr/bin/env bash\necho "$*" >>"${state}/asked"\n${body}\n`;
  writeFileSync(join(state, "bin/npm"), text, { mode: 0o755 });
}

function run(stage: string) {
  const { status, stdout, stderr } = spawnSync(join(root, `ci/stages/${stage}.sh`), {
    encoding: "utf8",
    env: { PATH: `${join(state, "bin")}:${process.env.PATH}`, PIPELINE_STATE: state, DEPLOY_STAGE: "prod" },
  });
  return { status, output: `${stdout}${stderr}`, asked: read("asked") };
}

function read(file: string): string {
  return existsSync(join(state, file)) ? readFileSync(join(state, file), "utf8") : "";
}

describe("deploying to AWS", () => {
  it("keeps the latest deployment to go back to, and the address", () => {
    npm(`case "$*" in
      *"deploy list"*) printf 'Timestamp: 1700000000001\\nDatetime: x\\nTimestamp: 1700000000002\\n' ;;
      *) echo "  HttpApiUrl: https://abc.execute-api.eu-central-1.amazonaws.com" ;;
    esac`);
    expect(run("deploy").status).toBe(0);
    expect(read("previous").trim()).toBe("1700000000002");
    expect(read("url").trim()).toBe("https://abc.execute-api.eu-central-1.amazonaws.com");
  });

  it("has none the first time", () => {
    npm('case "$*" in *"deploy list"*) exit 1 ;; esac');
    expect(run("deploy").status).toBe(0);
    expect(read("previous")).toBe("");
  });

  it("fails with what the deployment said", () => {
    npm('case "$*" in *"run --silent deploy"*) echo "No AWS credentials: set AWS_PROFILE"; exit 1 ;; esac');
    expect(run("deploy").status).toBe(1);
    expect(read("reason").trim()).toBe("No AWS credentials: set AWS_PROFILE");
  });
});

describe("going back", () => {
  it("deploys the one before", () => {
    npm("");
    writeFileSync(join(state, "url"), "https://x\n");
    writeFileSync(join(state, "previous"), "1700000000002\n");
    const { asked } = run("rollback");
    expect(asked.trim()).toBe("exec --no -- serverless rollback --stage prod --timestamp 1700000000002");
    expect(read("notes")).toContain("is back at the deployment of 1700000000002");
  });

  it("leaves a failed deployment to CloudFormation", () => {
    npm("");
    const { asked, output } = run("rollback");
    expect(asked).toBe("");
    expect(output).toContain("CloudFormation has gone back by itself");
  });

  it("says that a first deployment has nothing before it", () => {
    npm("");
    writeFileSync(join(state, "url"), "https://x\n");
    expect(run("rollback").asked).toBe("");
    expect(read("notes")).toContain("has no earlier deployment");
  });
});
