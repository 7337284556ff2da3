/** Checks of the container files by external tools. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import type { Check, Outcome } from "./check.ts";

export const dockerfiles: Check = {
  name: "dockerfiles",
  async run(root) {
    const files = globSync("{Dockerfile,monitoring/**/Dockerfile}", { cwd: root });
    const { error, status, stdout, stderr } = run(root, "hadolint", [
      "--no-color",
      "--failure-threshold=warning",
      ...files,
    ]);
    if (error) return { faults: [], skipped: "hadolint is not installed" };
    return { faults: status === 0 ? [] : [`${stdout}${stderr}`.trim()] };
  },
};

/** Compose's own parser, a Go module used by `docker compose config`. */
const composeGo = "github.com/compose-spec/compose-go/v2/cmd@v2.16.2";

export const compose: Check = {
  name: "compose",
  async run(root) {
    const docker = run(root, "docker", ["compose", "version"]);
    if (!docker.error && docker.status === 0) {
      return outcomeOf(run(root, "docker", ["compose", "config", "--quiet"]));
    }
    const go = run(root, "go", ["run", composeGo, "docker-compose.yml"]);
    const read = go.status === 0 || go.stderr?.includes("failed to load project");
    return read
      ? outcomeOf(go)
      : { faults: [], skipped: "neither Docker Compose nor Go with its modules is installed" };
  },
};

function outcomeOf({ status, stderr }: { status: number | null; stderr: string }): Outcome {
  return { faults: status === 0 ? [] : [stderr.trim()] };
}

function run(root: string, command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", timeout: 120_000 });
}
