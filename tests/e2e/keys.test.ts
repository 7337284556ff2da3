/** A platform that asks for keys, from its first start on. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { script } from "./platform-user.ts";

const keyPattern = /ipk_[\w-]{43}/;
const readLog = ({ dataDir }: TestPlatform) => readFileSync(join(dataDir, "platform.log"), "utf8");
const statusOf = async ({ url }: TestPlatform, key: string, path = "/api/v1/keys") =>
  (await fetch(url + path, { headers: { authorization: `Bearer ${key}` } })).status;

describe("started with AUTH=required", () => {
  let platform: TestPlatform;
  let first: string;
  beforeAll(async () => {
    platform = await startPlatform({ env: { AUTH: "required", USER: "ada" } });
    first = keyPattern.exec(platform.output())?.[0] ?? "";
  });
  afterAll(() => platform?.stop());
  const keys = (...args: string[]) => script("keys", args, platform, { USER: "ada" });

  test("it shows an admin key, which its log doesn't have", async () => {
    expect(platform.output()).toMatch(/First key +ipk_[\w-]{43} with the scope admin. It is shown only once/);
    expect(await statusOf(platform, first)).toBe(200);
    expect(readLog(platform)).not.toMatch(keyPattern);
  });

  test("it accepts no one else, and explains how to create the first key", async () => {
    const response = await fetch(`${platform.url}/api/v1/incidents`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining("npm run keys -- create"),
    });
    expect(await statusOf(platform, "ipk_guessed")).toBe(401);
  });

  test("its next start shows none, and the key holds", async () => {
    await platform.restart();
    expect(platform.output()).toContain("ready after");
    expect(platform.output()).not.toMatch(keyPattern);
    expect(await statusOf(platform, first)).toBe(200);
  });

  test("npm run keys makes keys, lists them and takes them back, and the log says who did", async () => {
    const made = await keys("create", "--name", "sensor", "--scopes", "ingest,read");
    expect(made.code).toBe(0);
    const key = made.stdout.trim();
    expect(key).toMatch(/^ipk_[\w-]{43}$/);
    expect(await statusOf(platform, key, "/api/v1/incidents")).toBe(200);
    expect(await statusOf(platform, key)).toBe(403);

    const listed = await keys("list");
    const [, id = ""] = /^(key_\w+) .*sensor +ingest\+read +all +no +\d{4}-/m.exec(listed.stdout) ?? [];
    expect(listed.stdout).toMatch(/first +admin/);
    expect((await keys("revoke", id)).stdout).toContain(`Revoked ${id} (sensor) at `);
    await waitFor(async () => (await statusOf(platform, key, "/api/v1/incidents")) === 401, 15_000);
    expect((await keys("list")).stdout).toMatch(/sensor .*revoked$/m);

    const log = await fetch(`${platform.url}/api/v1/audit?resource=key/${id}`, {
      headers: { "x-api-key": first },
    });
    const { entries } = (await log.json()) as { entries: { actor: string; before: object | null }[] };
    expect(entries.map(({ actor, before }) => [actor, before !== null])).toEqual([
      ["npm run keys, by ada", true],
      ["npm run keys, by ada", false],
    ]);
  });

  test.each([
    ["no name", ["create", "--scopes", "read"], "required option '--name <name>' not specified"],
    ["no scope", ["create", "--name", "x"], "required option '--scopes <scopes>' not specified"],
    [
      "another scope",
      ["create", "--name", "x", "--scopes", "read,root"],
      "--scopes must be a comma-separated list of: ingest, read, write, scim, admin.",
    ],
    [
      "an end that is over",
      ["create", "--name", "x", "--scopes", "read", "--expires", "2020-01-01"],
      "--expires",
    ],
    ["a key that there is none of", ["revoke", "key_1"], 'Key "key_1" does not exist'],
    ["no command", [], "Usage: npm run keys -- "],
    ["an option that it doesn't know", ["list", "--all"], "unknown option '--all'"],
  ])("npm run keys says what it lacks: %s", async (_, args, words) => {
    const { code, output, stdout } = await keys(...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(output).toContain(words);
  });
});
