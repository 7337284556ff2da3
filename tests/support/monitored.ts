/** What Prometheus is asked: by the rules, and by the panels and marks of the dashboards. */
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { waitFor } from "./platform.ts";
import type { Rule, TestPrometheus } from "./prometheus.ts";

/** Expressions by the names of what asks them. */
export type Expressions = ReadonlyMap<string, string>;

export function expressionsOfRules(rules: readonly Rule[]): Expressions {
  return new Map(rules.map(({ name, query }) => [name, query]));
}

/** Expressions with their variables filled in, by the titles of the panels. */
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

/** As Grafana fills them in when everything is chosen; a 0 that stands for no data would hide that there is none. */
function filled(expression: string): string {
  return expression
    .replaceAll("$__range", "1h")
    .replaceAll("$__rate_interval", "1m")
    .replaceAll("$__interval", "1m")
    .replaceAll(/"\$(service|team)"/g, '".*"')
    .replace(/ or vector\(0\)$/, "");
}

/** Who is on call is read once a minute. */
const patienceMs = 75_000;

/** The names of the expressions that still have no data, but for the expected, when nothing more is to come. */
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
  await waitFor(async () => (await unanswered()).every((name) => name in expected), patienceMs).catch(
    () => undefined,
  );
  return unanswered();
}
