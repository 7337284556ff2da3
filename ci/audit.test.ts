import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Exception, joinReports, judge, readExceptions } from "./audit.ts";

const today = "2026-03-01";
const id = "GHSA-aaaa-bbbb-cccc";
const exception: Exception = { advisory: id, reason: "Only a test server parses it.", until: "2026-04-01" };

function reported(severity: string): string {
  const url = `https://github.com/advisories/${id}`;
  const advisory = { source: 1, name: "left", title: "Left is right", url, severity, range: "<2.0.0" };
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      left: { name: "left", severity, via: [advisory], effects: ["bundle"] },
      bundle: { name: "bundle", severity, via: ["left"], effects: [] },
    },
  });
}

it("nothing known is nothing to say", () => {
  expect(judge('{"vulnerabilities": {}}', [], today)).toEqual({ faults: [], notes: [] });
});

it.each(["high", "critical"])("a %s advisory fails, once for all that is affected", (severity) => {
  const { faults = [] } = judge(reported(severity), [], today) ?? {};
  expect(faults).toEqual([`${severity}: left <2.0.0, Left is right (https://github.com/advisories/${id})`]);
});

it("a lower one is shown", () => {
  expect(judge(reported("moderate"), [], today)).toMatchObject({
    faults: [],
    notes: [expect.stringMatching(/^moderate: left/)],
  });
});

it("an exception holds to its last day, and is shown", () => {
  const excepted = judge(reported("high"), [exception], exception.until);
  expect(excepted).toMatchObject({ faults: [], notes: [expect.stringContaining(exception.reason)] });
});

it("an exception that is over fails", () => {
  const { faults = [] } = judge(reported("high"), [exception], "2026-04-02") ?? {};
  expect(faults).toEqual([expect.stringContaining("excepted until 2026-04-01")]);
});

it("an exception for nothing is to go", () => {
  const { notes = [] } = judge('{"vulnerabilities": {}}', [exception], today) ?? {};
  expect(notes).toEqual([expect.stringContaining("remove its exception")]);
});

it("reports of several packages are joined, and an invalid one replaces them", () => {
  const joined = joinReports([reported("high"), '{"vulnerabilities": {}}']);
  expect(judge(joined, [], today)?.faults).toHaveLength(1);
  expect(judge(joinReports([reported("high"), "<html>"]), [], today)).toBeUndefined();
});

it.each([
  ["an error", '{"message": "405 Method Not Allowed", "error": {"summary": "", "detail": ""}}'],
  ["nothing", ""],
  ["a page", "<html>Forbidden</html>"],
])("a registry that answers %s has said nothing", (_, output) => {
  expect(judge(output, [], today)).toBeUndefined();
});

it.each([
  ["a reason", { advisory: id, until: "2026-04-01" }],
  ["an end", { advisory: id, reason: "Only a test server parses it." }],
  ["an advisory", { reason: "Only a test server parses it.", until: "2026-04-01" }],
])("no exception goes without %s", (_, entry) => {
  expect(() => readExceptions(JSON.stringify([entry]))).toThrow();
});

it("the list that is kept can be read", () => {
  expect(() => readExceptions(readFileSync("ci/audit-allow.json", "utf8"))).not.toThrow();
});
