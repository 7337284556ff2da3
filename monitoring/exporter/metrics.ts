/** Current series of every metric in the catalog. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { catalogue, counted, type derived, type MetricName, own } from "../../shared/domain/metrics.ts";

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly value: number;
  readonly labels: Readonly<Partial<Record<string, string | number>>>;
  /** Name of the series within a histogram. Default: the metric's own name. */
  readonly metricName?: string;
}

export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
}

export type DerivedName = keyof typeof derived;

export interface ExporterMetrics {
  /** Returns false if there is no such counter or its labels differ. */
  count(name: string, labels: Labels, by?: number): boolean;
  /** Returns false if there is no such histogram or its labels differ. @param value in the metric's unit */
  observe(name: string, labels: Labels, value: number): boolean;
  set(name: keyof typeof own, labels: Labels, value: number): void;
  /** Replaces all series of a metric, because sources are always read completely. */
  replace(name: DerivedName, samples: readonly Sample[]): void;
  /** Metric families in the order of the catalog. */
  families(): Promise<Family[]>;
}

/**
 * prom-client holds the counters of this process. It cannot restore a histogram, so sources replace theirs.
 */
export function exporterMetrics(): ExporterMetrics {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  const replaced = new Map<string, readonly Sample[]>();

  for (const name of namesOf({ ...counted, ...own })) {
    const metric = catalogue[name];
    const options = { name, help: metric.help, labelNames: [...metric.labels], registers: [registry] };
    if (metric.type === "counter") counters.set(name, new Counter(options));
    if (metric.type === "gauge") gauges.set(name, new Gauge(options));
    if (metric.type === "histogram") {
      histograms.set(name, new Histogram({ ...options, buckets: [...metric.buckets] }));
    }
  }

  return {
    count(name, labels, by = 1) {
      const counter = counters.get(name);
      if (!counter || !hasLabels(name, labels)) return false;
      counter.inc(labels, by);
      return true;
    },
    observe(name, labels, value) {
      const histogram = histograms.get(name);
      if (!histogram || !hasLabels(name, labels)) return false;
      histogram.observe(labels, value);
      return true;
    },
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    replace: (name, samples) => void replaced.set(name, samples),
    async families() {
      const kept = new Map((await registry.getMetricsAsJSON()).map(({ name, values }) => [name, values]));
      return namesOf(catalogue).map((name) => {
        const { help, type } = catalogue[name];
        return { name, help, type, samples: replaced.get(name) ?? kept.get(name) ?? [] };
      });
    },
  };
}

function namesOf<Name extends MetricName>(metrics: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(metrics) as Name[];
}

function hasLabels(name: string, labels: Labels): boolean {
  const wanted: readonly string[] = catalogue[name as MetricName].labels;
  return (
    Object.keys(labels).length === wanted.length && wanted.every((label) => Object.hasOwn(labels, label))
  );
}
