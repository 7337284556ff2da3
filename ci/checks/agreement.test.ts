import { expect, it } from "vitest";
import * as z from "zod";
import type { Contract } from "../../shared/contracts/contract.ts";
import { disagreements, sharedRoutes, unreachable } from "./agreement.ts";
import type { Parts } from "./parts.ts";

const contract: Contract = {
  service: "alerts",
  method: "GET",
  path: "/api/v1/alerts/{id}",
  summary: "One alert",
  right: "read",
  params: z.object({ id: z.string() }),
  status: 200,
  response: z.object({}),
};
const found = {
  contract,
  folder: "alerts",
  name: "get-alert",
  exportName: "getAlertContract",
};
const source = {
  path: "functions/alerts/get-alert.ts",
  folder: "alerts",
  area: "alerts",
  name: "get-alert",
  kind: "http",
  text: "endpoint(getAlertContract, …)",
} as const;
const entry = {
  name: "getAlert",
  area: "alerts",
  definition: {
    handler: "dist/functions/alerts/get-alert.handler",
    events: [{ httpApi: { method: "GET", path: "/api/v1/alerts/{id}" } }],
  },
};
const consumer = {
  path: "functions/alerts/correlate-alerts.queue.ts",
  folder: "alerts",
  area: "alerts",
  name: "correlate-alerts",
  kind: "queue",
  text: "consume(…)",
} as const;
const consumerEntry = {
  name: "correlateAlerts",
  area: "alerts",
  definition: {
    handler: "dist/functions/alerts/correlate-alerts-queue.handler",
    events: [{ sqs: { arn: "x", maximumConcurrency: 10, functionResponseType: "ReportBatchItemFailures" } }],
  },
};
const parts: Parts = {
  contracts: [found],
  functions: [entry, consumerEntry],
  sources: [source, consumer],
};

function events(...list: object[]) {
  return { ...consumerEntry, definition: { ...consumerEntry.definition, events: list } };
}

it("parts that agree have no faults", () => {
  expect(disagreements(parts)).toEqual([]);
});

it.each<[string, Partial<Parts>, string]>([
  ["a contract without a function", { sources: [consumer], functions: [consumerEntry] }, "not none"],
  ["a contract that two use", { sources: [source, { ...consumer, text: source.text }] }, "exactly"],
  [
    "a function without a contract",
    {
      contracts: [],
      functions: [{ ...entry, definition: { ...entry.definition, events: [] } }, consumerEntry],
    },
    "has no contract",
  ],
  ["a function without an entry", { functions: [consumerEntry] }, "0 entries"],
  ["an entry without a function", { sources: [source] }, "no file of functions/"],
  [
    "an entry of another name",
    { functions: [entry, { ...consumerEntry, name: "correlate" }] },
    "should be named correlateAlerts",
  ],
  [
    "an entry in another fragment",
    { functions: [entry, { ...consumerEntry, area: "oncall" }] },
    "in another folder",
  ],
  ["a duplicate entry", { functions: [entry, entry, consumerEntry] }, "two functions"],
  [
    "parameters that the path lacks",
    { contracts: [{ ...found, contract: { ...contract, params: z.object({ a: z.string() }) } }] },
    "parameters",
  ],
  ["another export", { contracts: [{ ...found, exportName: "alertContract" }] }, "should export"],
  [
    "a file of another form",
    { sources: [source, { ...consumer, path: "functions/alerts/Correlate.ts" }] },
    "should be functions/",
  ],
  ["a queue without an event", { functions: [entry, events()] }, "exactly one event"],
  [
    "a queue with a schedule",
    { functions: [entry, events({ schedule: "rate(1 minute)" })] },
    "needs an sqs event",
  ],
  [
    "a queue without partial batch responses",
    { functions: [entry, events({ sqs: { arn: "x", maximumConcurrency: 5 } })] },
    "ReportBatchItemFailures",
  ],
  [
    "a queue without a concurrency limit",
    { functions: [entry, events({ sqs: { arn: "x", functionResponseType: "ReportBatchItemFailures" } })] },
    "maximumConcurrency",
  ],
])("finds %s", (_, change, message) => {
  expect(disagreements({ ...parts, ...change }).join("\n")).toContain(message);
});

it("finds a POST without an idempotency key", () => {
  const post = { ...found, contract: { ...contract, method: "POST" as const, right: "manage" as const } };
  expect(disagreements({ ...parts, contracts: [post] }).join("\n")).toContain("Idempotency-Key");
});

it.each<[string, Contract, string]>([
  [
    "an unaudited change of configuration",
    { ...contract, method: "DELETE", right: "administer" },
    "without an audit entry",
  ],
  ["a read that is audited", { ...contract, audited: "service" }, "changes no configuration"],
])("finds %s", (_, changed, message) => {
  expect(disagreements({ ...parts, contracts: [{ ...found, contract: changed }] }).join("\n")).toContain(
    message,
  );
});

it("finds a GET that does not name the other methods of its path", () => {
  const other = { ...found, contract: { ...contract, method: "PATCH" as const } };
  const faultsOf = (otherMethods: Contract["otherMethods"]) =>
    disagreements({
      ...parts,
      contracts: [{ ...found, contract: { ...contract, ...(otherMethods && { otherMethods }) } }, other],
    }).filter((fault) => fault.includes("otherMethods"));
  expect(faultsOf(["PATCH"])).toEqual([]);
  expect(faultsOf(undefined)).toEqual([expect.stringContaining("should be PATCH")]);
  expect(faultsOf(["PATCH", "DELETE"])).toEqual([expect.stringContaining("should be PATCH")]);
});

it("finds an endpoint of an ID that does not name the other paths that its own matches", () => {
  const preview = {
    ...found,
    contract: { ...contract, method: "POST" as const, path: "/api/v1/alerts/preview" },
  };
  const faultsOf = (otherPaths: Contract["otherPaths"], path = contract.path) =>
    disagreements({
      ...parts,
      contracts: [{ ...found, contract: { ...contract, path, ...(otherPaths && { otherPaths }) } }, preview],
    }).filter((fault) => fault.includes("otherPaths"));
  expect(faultsOf({ "/api/v1/alerts/preview": ["POST"] })).toEqual([]);
  expect(faultsOf(undefined)).toEqual([expect.stringContaining("should be POST /api/v1/alerts/preview")]);
  expect(faultsOf(undefined, "/api/v1/alerts/{team}")).toEqual([]);
});

it("finds an integration path without a gateway route", () => {
  expect(unreachable(["/v2/enqueue", "/api/v2/alerts/{id}"])).toEqual([]);
  expect(unreachable(["/v3/enqueue"])).toEqual([expect.stringContaining("/v3/enqueue")]);
});

it("finds a route that is used twice", () => {
  expect(sharedRoutes([contract, { method: "GET", path: "/incidents/{id}" }])).toEqual([]);
  expect(sharedRoutes([contract, contract])).toEqual([expect.stringContaining(contract.path)]);
});
