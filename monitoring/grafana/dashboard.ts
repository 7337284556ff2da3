import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { prometheus } from "./panels.ts";
import { grown } from "./promql.ts";

const tag = "incident-platform";

interface Variable {
  readonly name: string;
  readonly label: string;
  /** Metric whose values of the label `name` are the choices. */
  readonly metric: string;
}

interface DashboardOptions {
  /** Permanent, because links and bookmarks contain it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Start of the default time range in Grafana syntax, such as `now-6h`. */
  readonly from: string;
  readonly variables: readonly Variable[];
  /** Selector of incidents_created_total for the incidents marked on the time axis. */
  readonly incidents: string;
  /** Panels from left to right, wrapped at 24 columns. */
  readonly panels: readonly Builder<Panel>[];
}

export function dashboard(options: DashboardOptions): DashboardBuilder {
  const builder = new DashboardBuilder(options.title)
    .uid(options.uid)
    .description(options.description)
    .tags([tag])
    .time({ from: options.from, to: "now" })
    .refresh("1m")
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .link(
      new DashboardLinkBuilder("Incident Platform")
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(true)
        .includeVars(false)
        .keepTime(true),
    )
    .annotation(incidentMarks(options.incidents));
  for (const variable of options.variables) builder.withVariable(choice(variable));
  for (const [index, panel] of options.panels.entries()) builder.withPanel(numbered(panel, index + 1));
  return builder;
}

/** Builds a multi-value variable with an "All" option. */
function choice({ name, label, metric }: Variable): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(prometheus)
    .query({ query: `label_values(${metric}, ${name})`, refId: name })
    .definition(`label_values(${metric}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ selected: true, text: "All", value: "$__all" });
}

function incidentMarks(selector: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name("Incidents")
    .datasource(prometheus)
    .enable(true)
    .hide(false)
    .iconColor("red")
    .expr(`sum by (service, severity) (${grown(selector, "1m")}) > 0`)
    .step("60s")
    .titleFormat("Incident of {{service}}")
    .textFormat("{{severity}}")
    .tagKeys("severity");
}

/** Sets a stable panel ID, which links to the panel contain. */
function numbered(panel: Builder<Panel>, id: number): Builder<Panel> {
  return { build: () => ({ ...panel.build(), id }) };
}
