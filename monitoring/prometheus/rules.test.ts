import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { catalogue } from "../../shared/domain/metrics.ts";
import { severities } from "../../shared/domain/severity.ts";
import { renderDashboards } from "../grafana/build.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function rulesOf(file: string): readonly Rule[] {
  const { groups } = parse(read(`monitoring/prometheus/rules/${file}`)) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly { alertname: string; exp_alerts?: readonly unknown[] }[];
    readonly promql_expr_test?: readonly { expr: string; exp_samples?: readonly unknown[] }[];
  }[];
}

const testsOf = (file: string) => (parse(read(`monitoring/prometheus/rules/${file}`)) as RuleTests).tests;

describe.each(rulesOf("alerting.yml").map(({ alert = "", ...rule }) => ({ alert, ...rule })))(
  "the alert $alert",
  ({ alert, labels, annotations }) => {
    test("has a severity of the platform, a summary, a description, and a section of docs/monitoring.md", () => {
      expect(severities).toContain(labels?.severity);
      expect(annotations?.summary).toMatch(/[.]$/);
      expect(annotations?.description).toMatch(/[.]$/);
      expect(annotations?.runbook_url).toBe(`docs/monitoring.md#${alert.toLowerCase()}`);
      expect(read("docs/monitoring.md")).toContain(`\n### ${alert}\n`);
    });

    test("is tested to fire and not to fire", () => {
      const cases = testsOf("alerting.test.yml")
        .flatMap(({ alert_rule_test = [] }) => alert_rule_test)
        .filter(({ alertname }) => alertname === alert);
      expect(new Set(cases.map(({ exp_alerts = [] }) => exp_alerts.length > 0))).toEqual(
        new Set([true, false]),
      );
    });
  },
);

test.each(rulesOf("recording.yml").map(({ record = "" }) => ({ record })))(
  "$record is tested to have a value",
  ({ record }) => {
    const tested = testsOf("recording.test.yml")
      .flatMap(({ promql_expr_test = [] }) => promql_expr_test)
      .some(({ expr, exp_samples = [] }) => expr.includes(record) && exp_samples.length > 0);
    expect(tested).toBe(true);
  },
);

test.each(Object.keys(catalogue))("%s is looked at by a rule or a dashboard", (name) => {
  const looked = [
    read("monitoring/prometheus/rules/alerting.yml"),
    read("monitoring/prometheus/rules/recording.yml"),
  ];
  expect([...looked, ...renderDashboards().values()].join("\n")).toMatch(
    new RegExp(`\\b${name}(_bucket|_count|_sum)?\\b`),
  );
});

test("docs/monitoring.md has every metric as the catalogue has it", () => {
  const rows = Object.entries(catalogue).map(
    ([name, { type, labels, help }]) =>
      `${[`\`${name}\``, type, labels.map((label) => `\`${label}\``).join(" "), help].join(" | ")}`,
  );
  const documented = read("docs/monitoring.md")
    .split("\n")
    .filter((line) => /^\| `\w+` +\| (counter|gauge|histogram)/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim())
        .join(" | "),
    );
  expect(documented).toEqual(rows);
});
