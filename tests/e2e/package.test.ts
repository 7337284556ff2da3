/** The npm package, in an empty folder and without a checkout. */
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { tooNewForNode20 } from "../support/platform/node-20.ts";
import { freePorts, temporaryFolder, waitFor } from "../support/platform/platform.ts";
import { post, userOf } from "./platform-user.ts";

const { version } = packageJson;
const root = resolve(import.meta.dirname, "../..");
const folder = temporaryFolder();
const installMs = 180_000;

let platform: ChildProcess;
let printed = "";
let url: string;

beforeAll(async () => {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const port = await freePorts(5);
  url = `http://127.0.0.1:${port}`;
  platform = spawn("npx", ["--yes", "--prefer-offline", `./incident-platform-${version}.tgz`, "start"], {
    cwd: folder,
    env: {
      ...process.env,
      HTTP_PORT: `${port}`,
      LAMBDA_PORT: `${port + 1}`,
      EMULATOR_PORT: `${port + 2}`,
      EXPORTER_PORT: `${port + 4}`,
      EXPORTER: "on",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [platform.stdout, platform.stderr]) {
    stream?.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const gone = once(platform, "close").then(() => {
    throw new Error(`The package ended:\n${printed}`);
  });
  await Promise.race([waitFor(() => printed.includes("ready after"), installMs), gone]);
  gone.catch(() => {});
}, installMs + 60_000);

/** Folders that npx installed the package into. */
function installed(): string[] {
  const cache = execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim();
  return globSync(join(cache, "_npx/*/package.json"))
    .filter((file) => readFileSync(file, "utf8").includes(basename(folder)))
    .map(dirname);
}

afterAll(() => {
  platform?.kill("SIGTERM");
  // npx installs into its cache, which it never empties.
  for (const path of installed()) rmSync(path, { recursive: true, force: true });
});

test("installs no package that warns of Node 20", () => {
  const locks = installed().map((path) => join(path, "node_modules/.package-lock.json"));
  const installations = locks.map((lock) => JSON.parse(readFileSync(lock, "utf8")).packages);
  expect(installations.length).toBeGreaterThan(0);
  for (const packages of installations) {
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(tooNewForNode20(packages)).toEqual([]);
  }
});

test("takes an alert to an incident and a page", async () => {
  await post(`${url}/api/v1/alerts`, { service: "checkout", severity: "critical", message: "Down" });
  const { incidents, notifications } = userOf({ url });
  await waitFor(async () => {
    expect(await incidents()).toMatchObject([{ service: "checkout", status: "open" }]);
    expect(await notifications()).toMatchObject([{ status: "sent" }]);
    return true;
  });
});

describe("has the command", () => {
  /** Runs a command of the package in the folder, for the platform on HTTP_PORT. */
  const run = (...args: string[]) => {
    const [installation = ""] = installed();
    const command = join(installation, "node_modules/.bin/incident-platform");
    const env = { ...process.env, HTTP_PORT: new URL(url).port };
    return promisify(execFile)(command, args, { cwd: folder, env });
  };

  test.each(["start", "demo", "keys", "audit-log", "dlq", "export", "import", "reset", "smoke"])(
    "%s with help",
    async (name) => {
      const { stdout } = await run(name, "--help");
      expect(stdout).toMatch(new RegExp(`^Usage: incident-platform ${name} `));
      expect(stdout).not.toContain("npm run");
    },
  );

  test.each([
    ["--version", `${version}\n`],
    ["demo --fast", "checks passed"],
    ["smoke", "checks passed"],
    ["keys create --name ops --scopes admin --json", '"name": "ops"'],
    ["dlq list --json", '"queue": "alerts"'],
    ["audit-log verify", "The audit log is intact."],
    ["export -", '{"format":"incident-platform-export"'],
  ])("%s", async (args, output) => {
    const { stdout } = await run(...args.split(" "));
    expect(stdout).toContain(output);
  });
});

test("serves the UI and the API reference with their assets", async () => {
  for (const path of ["/", "/docs"]) {
    const html = await (await fetch(url + path)).text();
    const assets = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, asset = ""]) => asset);
    expect(assets.length, path).toBeGreaterThan(0);
    for (const asset of assets) expect((await fetch(new URL(asset, url + path))).status, asset).toBe(200);
  }
});

test("keeps its data in the folder where it was started, and stops on a signal", async () => {
  const exited = once(platform, "exit");
  platform.kill("SIGTERM");
  await exited;
  await waitFor(() =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
  expect(readdirSync(folder).toSorted()).toEqual([".data", `incident-platform-${version}.tgz`]);
  expect(readdirSync(join(folder, ".data"))).toContain("dynamodb.sqlite");
});
