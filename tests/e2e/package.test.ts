/** The npm package, in an empty folder and without a checkout. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
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
