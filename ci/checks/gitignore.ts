/** Files that must never be committed: git ignores them everywhere and contains none of them. */
import { spawnSync } from "node:child_process";
import type { Check } from "./check.ts";

const secret = [
  ".env",
  ".env.local",
  ".env.production",
  "infra/.env",
  "server.pem",
  "server.key",
  "client.p12",
  "client.pfx",
  "id_rsa",
  "id_ed25519",
  "ci/deploy.key",
];
const made = [
  "coverage/index.html",
  "node_modules/zod/index.js",
  "dist/a.mjs",
  ".data/lock",
  ".serverless/a.zip",
];
const kept = [".env.example", "ci/audit-allow.json", "package-lock.json"];

export const gitignore: Check = {
  name: "gitignore",
  async run(root) {
    const ignored = git(root, ["check-ignore", "--no-index", ...secret, ...made, ...kept]);
    const tracked = git(root, ["ls-files", "--cached", "--ignored", "--exclude-standard"]);
    if (!ignored || !tracked) return { faults: [], skipped: "this is not a Git repository" };
    return {
      faults: [
        ...[...secret, ...made]
          .filter((path) => !ignored.includes(path))
          .map((path) => `${path} is not ignored`),
        ...kept
          .filter((path) => ignored.includes(path))
          .map((path) => `${path} is ignored, but must be committed`),
        ...tracked.map((path) => `${path} is committed, but must be ignored`),
      ],
    };
  },
};

/** Returns the output lines of git; undefined outside of a repository. */
function git(root: string, args: readonly string[]): string[] | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  // Status 1 means no matches.
  return status === 0 || status === 1 ? stdout.split("\n").filter((line) => line !== "") : undefined;
}
