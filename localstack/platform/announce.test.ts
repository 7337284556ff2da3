import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { announcement } from "./announce.ts";
import { readSettings } from "./settings.ts";

const emulators = { env: {}, description: "embedded", children: [], stop: async () => {} };

/** Returns the commands of the first alert, one per line. */
function alertCommands(env: NodeJS.ProcessEnv, firstKey?: string): string {
  const text = announcement({ settings: readSettings({}), emulators }, firstKey, env);
  return [...text.matchAll(/^ {2}(?:Alert key|First alert) +(.+)$/gm)]
    .map(([, command]) => command)
    .join("\n");
}

test("the command of the first alert has no key where none is required", () => {
  expect(alertCommands({ STAGE: "local", API_KEYS: "ops:admin:00" })).toMatch(
    /^curl http:\/\/localhost:8080\/api\/v1\/alerts --json '\{.*\}'$/,
  );
});

test.each([
  ["AUTH=required", { STAGE: "local", AUTH: "required" }],
  ["AUTH=required and API_KEYS", { STAGE: "local", AUTH: "required", API_KEYS: "ops:admin:00" }],
  ["an identity provider", { STAGE: "local", OIDC_ISSUER: "https://login.example.com" }],
  ["another stage", { STAGE: "dev" }],
])("with %s, a command creates a key first, which the alert is sent with", (_, env) => {
  expect(alertCommands(env)).toMatch(
    /^KEY=\$\(npm run --silent keys -- create --name first-alert --scopes ingest\)\ncurl \S+ -H "Authorization: Bearer \$KEY" --json /,
  );
});

test("the commands of the first alert work when they are pasted", () => {
  const commands = alertCommands({ STAGE: "local", AUTH: "required" }, "ipk_first");
  const pasted = `curl() { printf '%s\\n' "$@"; }\n${commands}`;
  expect(execFileSync("sh", ["-c", pasted], { encoding: "utf8" }).split("\n")).toEqual([
    "http://localhost:8080/api/v1/alerts",
    "-H",
    "Authorization: Bearer ipk_first",
    "--json",
    expect.stringMatching(/^\{"service":"checkout",/),
    "",
  ]);
});
