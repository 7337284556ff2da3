import { beforeEach, expect, test, vi } from "vitest";
import { scheduleStore } from "../../../shared/storage/oncall/schedule-store.ts";
import type { Table } from "../../../shared/storage/table.ts";
import { aSchedule } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { create, list } from "./commands.ts";
import { keyDeps } from "./deps.ts";

let deps: ReturnType<typeof keyDeps>;
let printed: string[];
let warned: string[];
let table: Table;

beforeEach(() => {
  table = memoryTable(Date.now);
  deps = keyDeps(table, "npm run keys", {});
  printed = [];
  warned = [];
  vi.spyOn(console, "log").mockImplementation((text) => void printed.push(text));
  vi.spyOn(console, "error").mockImplementation((text) => void warned.push(text));
});

test("a key for some teams and a break-glass key are created and listed", async () => {
  await create(deps, { name: "deploy", scopes: "write", teams: "Payments, search" }, "stage local");
  await create(deps, { name: "safe", scopes: "admin", breakGlass: true, json: true }, "stage local");
  expect(JSON.parse(printed[1] ?? "")).toMatchObject({ name: "safe", teams: null, break_glass: true });

  await list(deps, true);
  expect(JSON.parse(printed[2] ?? "")).toMatchObject([
    { name: "safe", teams: null, break_glass: true, last_used_at: null },
    { name: "deploy", teams: ["payments", "search"], break_glass: false, last_used_at: null },
  ]);

  await list(deps, false);
  const [headings, ...rows] = (printed[3] ?? "").split("\n");
  expect(headings).toMatch(/^id +key +name +scopes +teams +break-glass +last used$/);
  expect(rows[0]).toMatch(/safe +admin +all +yes +never$/);
  expect(rows[1]).toMatch(/deploy +write +payments, search +no +never$/);
});

test("a list without keys says how to create one", async () => {
  await list(deps, false);
  await list(deps, true);
  expect(printed).toEqual([
    "There are no keys. Create one: npm run keys -- create --name <name> --scopes <scopes>",
    "[]",
  ]);
});

test("create warns of teams without a schedule, beside the key", async () => {
  await scheduleStore(table).create(aSchedule({ team: "payments" }));
  const warning = expect.stringMatching(/^The team "paymnts" has no schedule yet\. .* revoke the key/);
  await create(deps, { name: "deploy", scopes: "write", teams: "payments, paymnts" }, "stage local");
  expect(printed).toEqual([expect.stringMatching(/^ipk_[\w-]{43}$/)]);
  expect(warned).toEqual([expect.stringContaining("Created key_"), warning]);

  const known = { name: "deploy", scopes: "write", teams: "payments" };
  await create(deps, { ...known, json: true }, "stage local");
  await create(deps, { ...known, teams: "paymnts", json: true }, "stage local");
  expect(printed.slice(1).map((text) => JSON.parse(text))).toMatchObject([
    { warnings: [] },
    { warnings: [warning] },
  ]);
});

test.each([
  ["a blank name", { name: " ", scopes: "read" }, /--name must have 1 to \d+ characters\.$/],
  ["an unknown scope", { name: "x", scopes: "read,root" }, /^--scopes must be a comma-separated list of: /],
  [
    "a blank team",
    { name: "x", scopes: "write", teams: "a," },
    /--teams\.1 must have 1 to \d+ characters\.$/,
  ],
  ["teams without write", { name: "x", scopes: "read", teams: "a" }, /--teams requires the scope write\.$/],
  [
    "teams of an admin",
    { name: "x", scopes: "admin", teams: "a" },
    /--teams cannot limit the scope admin\.$/,
  ],
  [
    "break-glass without admin",
    { name: "x", scopes: "write", breakGlass: true },
    /--break-glass requires the scope admin\.$/,
  ],
  [
    "a break-glass key that expires",
    { name: "x", scopes: "admin", breakGlass: true, expires: "2999-01-01T00:00:00Z" },
    /--expires must be null for a break-glass key\.$/,
  ],
  ["a word as expiry", { name: "x", scopes: "read", expires: "soon" }, /--expires must be a time such as /],
])("create rejects %s and names the option", async (_, options, message) => {
  await expect(create(deps, options, "stage local")).rejects.toThrow(message);
  await list(deps, true);
  expect(printed).toEqual(["[]"]);
});
