/** Prometheus queries of rules, dashboard panels and annotations. */
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { waitFor } from "../platform/platform.ts";
import type { Rule, TestPrometheus } from "./prometheus.ts";

/** Expressions by the name of their source. */
export type Expressions = ReadonlyMap<string, string>;

export function expressionsOfRules(rules: readonly Rule[]): Expressions {
  return new Map(rules.map(({ name, query }) => [name, query]));
}

/** Returns expressions with variables filled in, by panel title. */
export function expressionsOf(dashboard: Dashboard): Expressions {
  const panels = (dashboard.panels ?? []).flatMap((panel) =>
    "targets" in panel
      ? (panel.targets ?? []).map((target, index) => [`${panel.title}, ${index}`, exprOf(target)] as const)
      : [],
  );
  const marks = (dashboard.annotations?.list ?? []).map((mark) => [mark.name, exprOf(mark)] as const);
  return new Map([...panels, ...marks].map(([name, expression]) => [name, filled(expression)]));
}

function exprOf(query: object): string {
  return "expr" in query && typeof query.expr === "string" ? query.expr : "";
}

/** Fills in variables as Grafana does for "All". Removes fallbacks to 0, which would hide missing data. */
function filled(expression: string): string {
  return expression
    .replaceAll("$__range", "1h")
    .replaceAll("$__rate_interval", "1m")
    .replaceAll("$__interval", "1m")
    .replaceAll(/"\$(service|team)"/g, '".*"')
    .replace(/ or vector\(0\)$/, "");
}

/** On-call metrics are read once per minute. */
const waitMs = 75_000;

/** Waits for data and returns the names of expressions that still have none, except expected ones. */
export async function withoutAnswer(
  prometheus: TestPrometheus,
  list: () => Promise<Expressions>,
  expected: Readonly<Record<string, string>>,
): Promise<string[]> {
  const unanswered = async () => {
    const found = await Promise.all(
      [...(await list())].map(async ([name, expression]) => ({
        name,
        samples: await prometheus.query(expression),
      })),
    );
    return found.filter(({ samples }) => samples.length === 0).map(({ name }) => name);
  };
  await waitFor(async () => (await unanswered()).every((name) => name in expected), waitMs).catch(
    () => undefined,
  );
  return unanswered();
}
