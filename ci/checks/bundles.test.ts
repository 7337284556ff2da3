import { expect, it } from "vitest";
import { bundleOf, functionFiles } from "../../infra/build/function-files.ts";
import { bundleBudget, bundleFaults } from "./bundles.ts";
import { permissionFaults } from "./permissions.ts";

const small = {
  name: "functions/alerts/get-alert",
  text: "",
  bytes: 1_000,
  inputs: new Map([["a.ts", 1_000]]),
  later: [],
};

it("a bundle within its budget is fine", () => {
  expect(bundleFaults(small)).toEqual([]);
});

it("one above it names the largest parts", () => {
  const inputs = new Map([
    ["a.ts", 1],
    ["b.ts", 400_000],
    ["c.ts", 90_000],
    ["d.ts", 30_000],
  ]);
  const [fault] = bundleFaults({ ...small, bytes: 520_001, inputs });
  expect(fault).toMatch(/507\.8 KiB, more than its budget of \d+\.0 KiB.*b\.ts.*c\.ts.*d\.ts/);
  expect(fault).not.toContain("a.ts");
});

it("one that carries every integration may weigh more, and not without end", () => {
  const name = "functions/integrations/receive-event";
  expect(bundleFaults({ ...small, name, bytes: 450_000 })).toEqual([]);
  expect(bundleFaults({ ...small, name, bytes: 500_000 })).toHaveLength(1);
});

it("no bundle weighs more than 530 KiB before its first request", () => {
  for (const { path } of functionFiles("."))
    expect(bundleBudget(bundleOf(path))).toBeLessThanOrEqual(530 * 1024);
});

it("code that is loaded later has a budget of its own, and needs one unless it is small", () => {
  const laterThan = (name: string, bytes: number) => bundleFaults({ ...small, later: [{ name, bytes }] });
  expect(laterThan("re2js", 150_000)).toEqual([]);
  expect(laterThan("re2js", 160_000)).toEqual([expect.stringContaining("re2js")]);
  expect(laterThan("unknown", 4_000)).toEqual([]);
  expect(laterThan("unknown", 5_000)).toEqual([expect.stringContaining("unknown")]);
});

it.each([
  ["functions/alerts/receive-alerts", "node_modules/temporal-polyfill/chunks/internal.js"],
  ["functions/system/get-docs", "node_modules/@aws-sdk/lib-dynamodb/dist-es/index.js"],
  ["functions/oncall/services/list-services", "node_modules/prom-client/index.js"],
  ["functions/alerts/correlate-alerts-queue", "node_modules/re2js/build/index.js"],
  ["functions/notifications/deliver-notification-queue", "node_modules/nodemailer/lib/mailer/index.js"],
])("%s may not carry %s", (name, input) => {
  expect(bundleFaults({ ...small, name, inputs: new Map([[input, 10]]) })).toHaveLength(1);
});

const sweep = {
  name: "sweep",
  area: "incidents",
  definition: { handler: "dist/functions/incidents/sweep.handler", events: [{ schedule: "rate(1 minute)" }] },
};
const table = new Map([["shared/storage/dynamo-table.ts", 1]]);
const built = { name: "functions/incidents/sweep", text: "INCIDENT_TIMERS_QUEUE_URL", inputs: table };
const row = { table: ["get"], sends: ["IncidentTimers"] } as const;

it("a row that fits its bundle is fine", () => {
  expect(permissionFaults([sweep], { sweep: row }, [built])).toEqual([]);
});

it.each([
  ["a function without a row", {}, "no row for sweep"],
  ["a row without a function", { sweep: row, gone: {} }, "no function gone"],
  ["a queue that is missing", { sweep: { table: ["get"] } as const }, "reads INCIDENT_TIMERS_QUEUE_URL"],
  [
    "a queue too many",
    { sweep: { ...row, sends: ["IncidentTimers", "Alerts"] } as const },
    "never reads ALERTS",
  ],
  ["a table that is missing", { sweep: { sends: ["IncidentTimers"] } as const }, "uses the table"],
  [
    "a queue that no event brings",
    { sweep: { ...row, consumes: "Notifications" } as const },
    "its event has no queue",
  ],
])("finds %s", (_, rows, message) => {
  expect(permissionFaults([sweep], rows, [built]).join("\n")).toContain(message);
});

it("functions behind the gateway look up keys, except listed ones", () => {
  const events = [{ httpApi: { method: "GET", path: "/x" } }];
  const behind = { ...sweep, definition: { ...sweep.definition, events } };
  const withInputs = (...paths: readonly string[]) => ({
    ...built,
    inputs: new Map([...table, ...paths.map((path) => [path, 1] as const)]),
  });
  const cache = "shared/use-cases/access/api-key-cache.ts";
  // Such functions accept people too, whose sessions are signed with a secret.
  const secrets = "shared/aws/parameter-store.ts";
  expect(permissionFaults([behind], { sweep: row }, [withInputs(cache, secrets)])).toEqual([]);
  expect(permissionFaults([behind], { sweep: row }, [withInputs(secrets)])).toEqual([
    expect.stringContaining("never looks up keys"),
  ]);
  expect(permissionFaults([behind], { sweep: row }, [withInputs(cache)])).toEqual([
    expect.stringContaining("never reads the parameter store"),
  ]);
  expect(permissionFaults([sweep], { sweep: row }, [withInputs(cache)])).toEqual([
    expect.stringContaining("its bundle looks up keys"),
  ]);
});
