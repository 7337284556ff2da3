import { expect, it } from "vitest";
import * as z from "zod";
import type { Contract } from "../../shared/contracts/contract.ts";
import { disagreements } from "./agreement.ts";
import type { Parts } from "./parts.ts";

const contract: Contract = {
  service: "alerts",
  method: "GET",
  path: "/api/v1/alerts/{id}",
  summary: "One alert",
  scope: "read",
  params: z.object({ id: z.string() }),
  status: 200,
  response: z.object({}),
};
const found = { contract, room: "alerts", name: "get-alert", exportName: "getAlertContract" };
const source = { path: "functions/alerts/get-alert.ts", text: "endpoint(getAlertContract, …)" };
const entry = {
  name: "getAlert",
  service: "alerts",
  definition: {
    handler: "dist/functions/alerts/get-alert.handler",
    events: [{ httpApi: { method: "GET", path: "/api/v1/alerts/{id}" } }],
  },
};
const consumer = { path: "functions/alerts/correlate-alerts.queue.ts", text: "consume(…)" };
const consumerEntry = {
  name: "correlateAlerts",
  service: "alerts",
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
  ["a contract without a function", { sources: [consumer], functions: [consumerEntry] }, "nobody"],
  ["a contract that two use", { sources: [source, { ...consumer, text: source.text }] }, "exactly"],
  ["a function without a contract", { contracts: [] }, "has no contract"],
  ["a function without an entry", { functions: [consumerEntry] }, "0 entries"],
  ["an entry without a function", { sources: [source] }, "no file of functions/"],
  [
    "an entry of another name",
    { functions: [{ ...entry, name: "alert" }, consumerEntry] },
    "should be named getAlert",
  ],
  [
    "an entry in another fragment",
    { functions: [{ ...entry, service: "oncall" }, consumerEntry] },
    "of another service",
  ],
  ["an entry that stands twice", { functions: [entry, entry, consumerEntry] }, "twice"],
  [
    "another method",
    { contracts: [{ ...found, contract: { ...contract, method: "PATCH" } }] },
    "its contract PATCH",
  ],
  [
    "another path",
    { contracts: [{ ...found, contract: { ...contract, path: "/x/{id}" } }] },
    "its contract GET /x",
  ],
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
    "a queue whose batches fail whole",
    { functions: [entry, events({ sqs: { arn: "x", maximumConcurrency: 5 } })] },
    "ReportBatchItemFailures",
  ],
  [
    "a queue without a bound",
    { functions: [entry, events({ sqs: { arn: "x", functionResponseType: "ReportBatchItemFailures" } })] },
    "maximumConcurrency",
  ],
])("finds %s", (_, change, message) => {
  expect(disagreements({ ...parts, ...change }).join("\n")).toContain(message);
});

it("finds a POST that can't be repeated", () => {
  const post = { ...found, contract: { ...contract, method: "POST" as const } };
  expect(disagreements({ ...parts, contracts: [post] }).join("\n")).toContain("Idempotency-Key");
});

const change: Contract = { ...contract, method: "PUT", scope: "write", audited: "service" };

it.each<[string, Contract, string]>([
  [
    "a change of configuration that nobody would know of",
    { ...contract, method: "DELETE", scope: "admin" },
    "who changed it",
  ],
  ["a read that is audited", { ...contract, audited: "service" }, "nothing to be audited"],
])("finds %s", (_, changed, message) => {
  expect(disagreements({ ...parts, contracts: [{ ...found, contract: changed }] }).join("\n")).toContain(
    message,
  );
});

it("a function of several endpoints has the routes of them all, and no other", () => {
  const other = { ...change, path: "/api/v1/other/{id}", answeredBy: "get-alert" };
  const contracts = [found, { ...found, contract: other, name: "put-other", exportName: "putOtherContract" }];
  const both = { ...source, text: "endpoint(getAlertContract, …) endpoint(putOtherContract, …)" };
  const routed = (...routes: readonly { readonly method: string; readonly path: string }[]) => {
    const events = routes.map((httpApi) => ({ httpApi }));
    const shared = { ...entry, definition: { ...entry.definition, events } };
    return disagreements({ contracts, functions: [shared, consumerEntry], sources: [both, consumer] });
  };
  const [get, put] = [contract, other].map(({ method, path }) => ({ method, path }));
  if (!get || !put) throw new Error("Two were given");
  expect(routed(get, put)).toEqual([]);
  expect(routed(get)).toEqual([expect.stringContaining("lacks the route PUT /api/v1/other/{id}")]);
  expect(routed(get, put, { method: "GET", path: "/more" })).toEqual([
    expect.stringContaining("has GET /more, no contract of its own"),
  ]);
});
