/** Panel builders for the dashboards. Every panel has a one-sentence description and a unit. */
import { PanelBuilder as BarGauge } from "@grafana/grafana-foundation-sdk/bargauge";
import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as Gauge } from "@grafana/grafana-foundation-sdk/gauge";
import {
  PanelBuilder as Heatmap,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  YAxisConfigBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import {
  PanelBuilder as PieChart,
  PieChartLegendOptionsBuilder,
  PieChartLegendValues,
  PieChartType,
} from "@grafana/grafana-foundation-sdk/piechart";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as Stat } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StateTimeline } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeries } from "@grafana/grafana-foundation-sdk/timeseries";

export const prometheus: DataSourceRef = { type: "prometheus", uid: "prometheus" };

export const severityColors = { critical: "dark-red", high: "orange", medium: "yellow", low: "blue" };
export const statusColors = { open: "red", acknowledged: "yellow", resolved: "green" };
export const deliveryColors = { sent: "green", failed: "red", suppressed: "text" };

interface Query {
  readonly expr: string;
  /** A word, or labels such as `{{service}}`. */
  readonly legend: string;
}

interface PanelOptions {
  readonly title: string;
  readonly description: string;
  /** Width in columns, out of 24. */
  readonly width: number;
  /** Height in grid rows. */
  readonly height?: number;
  /** Grafana unit: `s`, `short`, `reqps`, `cpm` (per minute), `percentunit` (1 is 100%). */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Thresholds in the panel's unit. */
  readonly limits?: { readonly warning?: number; readonly critical: number } | { readonly good: number };
  /** Colors by legend. */
  readonly colors?: Readonly<Record<string, string>>;
  /** Texts and colors that replace values. */
  readonly states?: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
  /** Text shown if there is no data. */
  readonly noValue?: string;
}

/** Methods that all panel builders have in common. */
interface CommonBuilder {
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  datasource(datasource: DataSourceRef): this;
  noValue(text: string): this;
  mappings(mappings: ValueMapping[]): this;
  thresholds(thresholds: ThresholdsConfigBuilder): this;
  withTarget(target: Builder<Dataquery>): this;
  overrideByName(name: string, properties: DynamicConfigValue[]): this;
}

type Kind = "range" | "instant" | "heatmap" | "table";

function dress<B extends CommonBuilder>(builder: B, options: PanelOptions, kind: Kind): B {
  builder
    .title(options.title)
    .description(options.description)
    .span(options.width)
    .height(options.height ?? 8)
    .unit(options.unit)
    .datasource(prometheus)
    .noValue(options.noValue ?? "none")
    .thresholds(thresholds(options.limits));
  for (const [index, query] of options.queries.entries()) {
    builder.withTarget(target(query, String.fromCharCode(65 + index), kind));
  }
  if (options.states) builder.mappings([{ type: MappingType.ValueToText, options: { ...options.states } }]);
  for (const [name, fixedColor] of Object.entries(options.colors ?? {})) {
    builder.overrideByName(name, [{ id: "color", value: { mode: "fixed", fixedColor } }]);
  }
  return builder;
}

function target({ expr, legend }: Query, refId: string, kind: Kind): DataqueryBuilder {
  const query = new DataqueryBuilder().refId(refId).datasource(prometheus).expr(expr).legendFormat(legend);
  switch (kind) {
    case "range":
      return query.range();
    case "heatmap":
      return query.range().format(PromQueryFormat.Heatmap);
    case "instant":
      return query.instant();
    case "table":
      return query.instant().format(PromQueryFormat.Table);
  }
}

function thresholds(limits: PanelOptions["limits"]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(limits));
}

function stepsOf(limits: PanelOptions["limits"]): Threshold[] {
  const green = { value: null, color: "green" };
  if (!limits) return [green];
  if ("good" in limits)
    return [
      { value: null, color: "red" },
      { value: limits.good, color: "green" },
    ];
  const { warning, critical } = limits;
  return [
    green,
    ...(warning === undefined ? [] : [{ value: warning, color: "yellow" }]),
    { value: critical, color: "red" },
  ];
}

const lastValue = new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false);
const byThresholds = new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
const bySeries = new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName);

/** A single number, or one number per series. */
export function stat(options: PanelOptions): Builder<Panel> {
  return dress(new Stat(), { height: 5, ...options }, "instant")
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .colorScheme(byThresholds)
    .reduceOptions(lastValue);
}

export function gauge(options: PanelOptions & { readonly max: number }): Builder<Panel> {
  return dress(new Gauge(), { height: 5, ...options }, "instant")
    .min(0)
    .max(options.max)
    .colorScheme(byThresholds)
    .showThresholdMarkers(true)
    .reduceOptions(lastValue);
}

export function barGauge(options: PanelOptions & { readonly max?: number }): Builder<Panel> {
  const panel = dress(new BarGauge(), options, "instant")
    .min(0)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .colorScheme(options.limits ? byThresholds : bySeries)
    .reduceOptions(lastValue);
  return options.max === undefined ? panel : panel.max(options.max);
}

export function pie(options: PanelOptions): Builder<Panel> {
  return dress(new PieChart(), options, "instant")
    .pieType(PieChartType.Donut)
    .reduceOptions(lastValue)
    .legend(
      new PieChartLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Right)
        .values([PieChartLegendValues.Value]),
    );
}

/** Lines, or stacked bars for values that are counted per interval. */
export function timeSeries(
  options: PanelOptions & { readonly bars?: { readonly atLeast: string } },
): Builder<Panel> {
  const panel = dress(new TimeSeries(), options, "range")
    .min(0)
    .lineWidth(2)
    .fillOpacity(10)
    .showPoints(VisibilityMode.Never)
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .colorScheme(bySeries)
    .legend(legendBelow());
  if (options.limits)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  if (!options.bars) return panel;
  return panel
    .interval(options.bars.atLeast)
    .drawStyle(GraphDrawStyle.Bars)
    .fillOpacity(80)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
}

function legendBelow(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.Table)
    .placement(LegendPlacement.Bottom)
    .calcs(["lastNotNull", "max"]);
}

/** Heatmap of a histogram's buckets. */
export function heatmap(options: PanelOptions): Builder<Panel> {
  return dress(new Heatmap(), options, "heatmap")
    .calculate(false)
    .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme("Oranges").steps(64))
    .yAxis(new YAxisConfigBuilder().unit(options.unit))
    .scaleDistribution(new ScaleDistributionConfigBuilder().type(ScaleDistribution.Linear))
    .showLegend();
}

/** States of each series over time. */
export function timeline(options: PanelOptions & Required<Pick<PanelOptions, "states">>): Builder<Panel> {
  return dress(new StateTimeline(), options, "range")
    .colorScheme(byThresholds)
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    );
}

/** Labels of an instant query as columns, in this order. */
export function table(options: PanelOptions & { readonly columns: readonly string[] }): Builder<Panel> {
  return dress(new Table(), options, "table")
    .showHeader(true)
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: { Time: true, Value: true },
        indexByName: Object.fromEntries(options.columns.map((name, index) => [name, index])),
      },
    });
}
