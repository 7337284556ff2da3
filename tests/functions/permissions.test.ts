/**
 * Checks the rows of permissions.ts: drives every function over an in-memory table and queues, records its calls, and
 * compares them with its row.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { channelSettingNames, ownEnvironment } from "../../infra/stack/channel-settings.ts";
import type { FoundFunction } from "../../infra/stack/function-definition.ts";
import { findFunctions } from "../../infra/stack/functions.ts";
import {
  acceptsPeople,
  asksForKeys,
  keyLookups,
  type Permissions,
  permissions,
  personLookups,
  shardingVerbs,
} from "../../infra/stack/permissions.ts";
import { shardingPrefix } from "../../shared/storage/keys.ts";
import { shardedTable } from "../../shared/storage/sharding/sharded-table.ts";
import { driveAll, setDrivenEnvironment } from "../support/drive/drive-all.ts";
import { createDriver, type Driver, queueOf } from "../support/drive/driver.ts";
import { recorder } from "../support/recorded-clients.ts";

const root = resolve(import.meta.dirname, "../..");
const functions = await findFunctions(root);
const withKeys = new Set(functions.filter(asksForKeys).map(({ name }) => name));
const withPeople = new Set(functions.filter(acceptsPeople).map(({ name }) => name));

const recorded = vi.hoisted(() => ({ clients: undefined as unknown as ReturnType<typeof recorder> }));
vi.mock("../../shared/runtime/table.ts", () => ({
  table: () => shardedTable(recorded.clients.table, { sharding: true, nowMs: () => Date.now() }),
}));
vi.mock("../../shared/runtime/system.ts", async (original) => ({
  ...(await original<typeof import("../../shared/runtime/system.ts")>()),
  sqs: () => recorded.clients.sqs,
}));
vi.mock("../../shared/runtime/secrets.ts", () => ({
  loadSecrets: async (names: readonly string[]) => {
    for (const name of names) recorded.clients.record(`parameter ${name}`);
  },
}));
/** Functions whose transactions remove items and put nothing but audit entries. They need the right to put anyway. */
const putsAuditEntriesOnly: ReadonlySet<string> = new Set(["deleteUser"]);

recorded.clients = recorder({
  nowMs: () => Date.now(),
  queueOf: (url) => queueOf(url).replace("-dlq", "DeadLetter"),
  limitedAction(functionName, { verb, pk }) {
    if (pk.startsWith(shardingPrefix)) return `sharding ${verb}`;
    const partition = keyLookups[verb as keyof typeof keyLookups]?.find((prefix) => pk.startsWith(prefix));
    if (partition && withKeys.has(functionName)) return `keys ${verb} ${partition}`;
    const ofPeople = personLookups[verb as keyof typeof personLookups]?.some((prefix) =>
      pk.startsWith(prefix),
    );
    const isOwn = verb === "put" && putsAuditEntriesOnly.has(functionName);
    return ofPeople && !isOwn && withPeople.has(functionName) ? `people ${verb}` : undefined;
  },
});

let driver: Driver;
let restoreEnvironment: () => Promise<void>;

beforeAll(async () => {
  restoreEnvironment = await setDrivenEnvironment();
  driver = await createDriver(root, recorded.clients);
  await driveAll(driver);
});

afterAll(() => restoreEnvironment());

test("every function is driven", () => {
  expect(functions.map(({ name }) => name).filter((name) => !driver.driven.has(name))).toEqual([]);
});

test("every function has a row that grants what it calls, and nothing else", () => {
  const found = functions.flatMap((each) => {
    const row = permissions[each.name] ?? {};
    const granted = actionsOf(each, row);
    const does = recorded.clients.used.get(each.name) ?? new Set<string>();
    return [
      ...[...does]
        .filter((action) => isPossible(action, each.name))
        .filter((action) => !granted.has(action) && !isAlwaysGranted(action, row, each.name))
        .map((action) => `${each.name} calls, but is not granted: ${action}`),
      ...[...granted]
        .filter((action) => !does.has(action) && !isOfChannel(action, each.name))
        .map((action) => `${each.name} is granted, but never calls: ${action}`),
    ];
  });
  expect(found).toEqual([]);
});

const commonSettings = readFileSync(join(root, "infra/stack/environment.yml"), "utf8");

/** A function reads no parameter of a setting that it does not have. */
function isPossible(action: string, name: string): boolean {
  const setting = /^parameter (.+)$/.exec(action)?.[1];
  const isCommon = setting === undefined || commonSettings.includes(`\n${setting}: `);
  return isCommon || setting in (ownEnvironment[name] ?? {});
}

/** Returns true for a parameter of a channel. Each channel reads its settings, and not all are driven. */
function isOfChannel(action: string, name: string): boolean {
  const settings = name === "deliverNotification" ? channelSettingNames : [];
  return settings.some((setting) => action === `parameter ${setting}`);
}

/** Returns the actions that a function is granted, as the recorder names them. */
function actionsOf(
  each: FoundFunction,
  {
    table = [],
    indexes = [],
    sends = [],
    redrives = [],
    inspects = [],
    probes = [],
    parameters = [],
  }: Permissions,
): Set<string> {
  return new Set([
    ...table.map((verb) => `table ${verb}`),
    ...indexes.map((index) => `indexes ${index}`),
    ...sends.map((queue) => `sends ${queue}`),
    ...[...redrives, ...inspects].map((queue) => `receives ${queue}`),
    ...probes.map((queue) => `probes ${queue}`),
    ...parameters.map((setting) => `parameter ${setting}`),
    ...(withKeys.has(each.name)
      ? Object.entries(keyLookups).flatMap(([verb, partitions]) =>
          partitions.map((partition) => `keys ${verb} ${partition}`),
        )
      : []),
  ]);
}

/**
 * Every function may send telemetry. A consumer may hold back messages of its own queue. A function that redrives
 * deletes what it sent back. Not every queue has such a message in these tests.
 */
function isAlwaysGranted(action: string, row: Permissions, name: string): boolean {
  // Every function that accepts people may read what their sessions need.
  if (withPeople.has(name) && (action.startsWith("people ") || action === "parameter SIGNING_SECRET"))
    return true;
  const { consumes, redrives = [], inspects = [] } = row;
  if (shardingVerbs(row).some((verb) => action === `sharding ${verb}`)) return true;
  const held = [consumes, ...redrives, ...inspects];
  return (
    action === "sends Telemetry" ||
    held.some((queue) => action === `holds ${queue}`) ||
    redrives.some((queue) => action === `deletes ${queue}`)
  );
}
