import { describe, expect, test } from "vitest";
import { aDraft, aRule, monday } from "../../../tests/support/builders.ts";
import { configuredKey, correlationKey } from "./correlation.ts";
import { isAlertField, type Matcher, matchesAll } from "./matcher.ts";
import { asReceived, routed, rulesAt, unknownPlaceholders } from "./routing.ts";

const alert = aDraft({ dedupKey: "k", labels: { cluster: "eu", replicas: 3, canary: false } });
const matcher = (field: string, op: Matcher["op"], value: string): Matcher => ({ field, op, value });

test.each([
  ["service", "=", "checkout", true],
  ["service", "!=", "checkout", false],
  ["severity", "=~", "critical|high", true],
  ["severity", "!~", "critical|high", false],
  ["source", "=", "api", true],
  ["message", "=~", ".*over \\d+%", true],
  ["dedup_key", "=", "k", true],
  ["labels.cluster", "=", "eu", true],
  ["labels.replicas", "=", "3", true],
  ["labels.canary", "=", "false", true],
  // As in Prometheus, a label that is not there is empty.
  ["labels.none", "=", "", true],
  ["labels.none", "!=", "x", true],
  ["labels.toString", "=", "", true],
] as const)("%s %s %o: %s", (field, op, value, expected) => {
  expect(matchesAll([matcher(field, op, value)], alert)).toBe(expected);
});

test("all matchers must hold, and none is every alert", () => {
  const holds = matcher("service", "=", "checkout");
  expect(matchesAll([holds, matcher("source", "=", "other")], alert)).toBe(false);
  expect(matchesAll([], alert)).toBe(true);
});

test.each([
  ["service", true],
  ["labels.a b", true],
  ["labels.", false],
  ["label", false],
  ["team", false],
])("%s is a field: %s", (field, expected) => {
  expect(isAlertField(field)).toBe(expected);
});

describe("a template", () => {
  const keyBy = (dedupKey: string, of = alert) => routed(of, [aRule({ dedupKey })]).dedupKey;

  test.each([
    ["{{labels.cluster}}-{{ severity }}", "eu-critical"],
    ["always the same", "always the same"],
    ["{{labels.none}}/{{labels.cluster}}", "/eu"],
    // Nothing is left of it: the alert's own key stands.
    ["{{labels.none}}", "k"],
    ["{{labels.none}}/x", "k"],
  ])("%o makes %o", (template, expected) => {
    expect(keyBy(template)).toBe(expected);
  });

  test("makes no longer a key than there may be", () => {
    expect([...(keyBy("{{message}}", aDraft({ message: "🚨".repeat(999) })) ?? "")]).toHaveLength(255);
  });

  test("names what no alert has", () => {
    expect(unknownPlaceholders("{{labels.a}}{{nothing}}{{}}")).toEqual(["nothing", ""]);
  });
});

test("an alert that meets no rule is the very same", () => {
  expect(routed(alert, [aRule({ matchers: [matcher("service", "=", "x")] })])).toBe(alert);
});

test("groups differ by their rule and their values only", () => {
  const by = (...fields: string[]) => aRule({ group: { by: fields, windowSeconds: 60 } });
  const keyOf = (rule: ReturnType<typeof aRule>, of = alert) => correlationKey(routed(of, [rule]));
  const other = aDraft({ dedupKey: "other", labels: { cluster: "eu" } });
  expect(keyOf(by("labels.cluster"))).toBe(keyOf(by("labels.cluster"), other));
  expect(keyOf(by("labels.replicas"))).not.toBe(keyOf(by("labels.replicas"), other));
  expect(keyOf({ ...by("labels.cluster"), name: "b" })).not.toBe(keyOf(by("labels.cluster")));
  expect(configuredKey(routed(alert, [by("labels.cluster")]))).toBe(configuredKey(alert));
});

test("alerts go by the rules that were in force when they were received", () => {
  const [before, after] = ["before", "after"].map((name) => [aRule({ name })]);
  const history = {
    current: { rules: after ?? [], inForceFrom: monday, version: 2 },
    superseded: { rules: before ?? [], inForceFrom: 0, version: 1 },
  };
  expect(rulesAt(history, monday - 1)).toBe(before);
  expect(rulesAt(history, monday)).toBe(after);
  expect(rulesAt({ ...history, superseded: null }, 0)).toBe(after);
});

test.each([
  [{}],
  [{ service: "ledger", team: "storage", severity: "low", dedupKey: "{{service}}" }],
  [{ service: "checkout", drop: true }],
] as const)("an alert after a rule that sets %o is known as it was received", (fields) => {
  const rules = [
    aRule({ ...fields, matchers: [], continues: true }),
    aRule({ name: "second", service: "last" }),
  ];
  for (const received of [alert, { ...alert, team: "night", dedupKey: null }]) {
    const recorded = { ...received, id: "alt_1", timestamp: monday, receivedAt: monday };
    const after = routed(recorded, rules);
    expect(after.service).toBe("drop" in fields ? "checkout" : "last");
    expect(asReceived(after)).toEqual(recorded);
  }
});
