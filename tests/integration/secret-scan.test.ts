/** Tests that the scanner finds planted secrets, which are complete only here. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noTools, withTools } from "../support/run/check-tools.ts";

const root = resolve(import.meta.dirname, "../..");
const token = ["ghp", "wAbcdefghijklmnopqrstuvwxyz012345678"].join("_");
const secrets: [string, string][] = [
  ["a GitHub token", `token: ${token}`],
  ["an AWS secret key", `aws_secret_access_key = ${"wJalrXUtnFEMIK7MDENG"}${"bPxRfiCYzzzzzzzzKEYx"}`],
  [
    "a private key",
    `-----BEGIN RSA ${"PRIVATE KEY"}-----\n${"MIIEpAIBAAKCAQEA".repeat(60)}\n-----END RSA ${"PRIVATE KEY"}-----`,
  ],
  ["a Slack webhook", `https://hooks.slack.com/${"services"}/T0LIVE000/B0LIVE000/abcdefghijklmnopqrstuvwx`],
  ["a password in an address", `https://admin:${"correct-horse"}@db.example.com`],
];

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "secrets-"));
  git("init", "--quiet");
  cpSync(join(root, ".secretlintrc.json"), join(repository, ".secretlintrc.json"));
  symlinkSync(join(root, "node_modules"), join(repository, "node_modules"));
});
afterEach(() => rmSync(repository, { recursive: true }));

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: repository, stdio: "ignore" });
}

function write(text: string, file = "settings.yml"): void {
  writeFileSync(join(repository, file), `${text}\n`);
}

const tools = join(root, "ci/node_modules/.bin");

function run(command: string, ...args: string[]) {
  const env = { ...process.env, PATH: `${tools}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, encoding: "utf8", env });
  return { status, output: `${stdout}${stderr}` };
}

const scan = () => run("secretlint", "**/*");
const hook = () => run(join(root, "ci/hooks/pre-commit"));

describe.skipIf(noTools)(withTools("the scan of the checkout"), () => {
  it.each(secrets)("finds %s", (_, text) => {
    write(text);
    expect(scan()).toMatchObject({ status: 1, output: expect.stringContaining("settings.yml") });
  });

  it("finds one in a hidden file, and doesn't print it", () => {
    write(`token: ${token}`, ".hidden");
    const { status, output } = scan();
    expect(status).toBe(1);
    expect(output).not.toContain(token);
  });

  it("accepts files without secrets", () => {
    write("token: read from the environment");
    expect(scan()).toMatchObject({ status: 0 });
  });
});

describe.skipIf(noTools)(withTools("the hook before a commit"), () => {
  it("stops a staged secret, even if it was deleted from the folder since", () => {
    write(`token: ${token}`);
    git("add", ".");
    write("token: read from the environment");
    expect(hook()).toMatchObject({ status: 1, output: expect.stringContaining("Not committed") });
  });

  it("ignores files that are not staged", () => {
    write("token: read from the environment");
    git("add", ".");
    write(`token: ${token}`, "mine.txt");
    expect(hook()).toMatchObject({ status: 0 });
  });

  it("has nothing to say where nothing is staged", () => {
    expect(hook()).toEqual({ status: 0, output: "" });
  });
});
