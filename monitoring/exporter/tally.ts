/** Serializable counters that only grow. */
import * as z from "zod";
import { catalogue, type derived } from "../../shared/domain/metrics.ts";
import { mapOf } from "./checkpoint.ts";
import type { ExporterMetrics, Labels, Sample } from "./metrics.ts";

type NamesOf<Type extends string> = {
  [Name in keyof typeof derived]: (typeof derived)[Name]["type"] extends Type ? Name : never;
}[keyof typeof derived];
type CounterName = NamesOf<"counter">;
type HistogramName = NamesOf<"histogram">;
type LabelsOf<Name extends CounterName> = Readonly<Record<(typeof derived)[Name]["labels"][number], string>>;

export const tallySchema = z.object({
  /** Counter values by metric, then by labels as JSON. */
  counters: mapOf(mapOf(z.number())),
  histograms: mapOf(
    z.object({
      /** Number of values in each bucket but not in the one below. The last bucket has no upper bound. */
      buckets: z.array(z.number()),
      /**
       * Sum in whole milliseconds, which does not depend on the order of additions, so it never decreases
       * after a restart.
       */
      sumMs: z.number(),
    }),
  ),
});
export type Tally = z.output<typeof tallySchema>;

export function emptyTally(): Tally {
  return { counters: new Map(), histograms: new Map() };
}

/** @param by 0 for a series that must exist from the start */
export function count<Name extends CounterName>(
  { counters }: Tally,
  name: Name,
  labels: LabelsOf<Name>,
  by = 1,
): void {
  const series = counters.get(name) ?? new Map<string, number>();
  counters.set(name, series);
  const key = JSON.stringify(labels);
  series.set(key, (series.get(key) ?? 0) + by);
}

export function observe({ histograms }: Tally, name: HistogramName, seconds: number): void {
  const bounds = catalogue[name].buckets;
  const known = histograms.get(name);
  // Stored counts are discarded if the bucket bounds have changed.
  const histogram = known?.buckets.length === bounds.length + 1 ? known : emptyHistogram(name);
  histograms.set(name, histogram);
  const bound = bounds.findIndex((upper) => seconds <= upper);
  const bucket = bound === -1 ? bounds.length : bound;
  histogram.buckets[bucket] = (histogram.buckets[bucket] ?? 0) + 1;
  histogram.sumMs += Math.round(seconds * 1_000);
}

export function publishCounter(tally: Tally, name: CounterName, metrics: ExporterMetrics): void {
  const series = tally.counters.get(name) ?? new Map<string, number>();
  metrics.replace(
    name,
    [...series].map(([labels, value]) => ({ labels: JSON.parse(labels) as Labels, value })),
  );
}

export function publishHistogram(tally: Tally, name: HistogramName, metrics: ExporterMetrics): void {
  const { buckets, sumMs } = tally.histograms.get(name) ?? emptyHistogram(name);
  let below = 0;
  const cumulative = [...catalogue[name].buckets, "+Inf"].map((le, index): Sample => {
    below += buckets[index] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le }, value: below };
  });
  metrics.replace(name, [
    ...cumulative,
    { metricName: `${name}_sum`, labels: {}, value: sumMs / 1_000 },
    { metricName: `${name}_count`, labels: {}, value: below },
  ]);
}

function emptyHistogram(name: HistogramName) {
  return { buckets: Array.from({ length: catalogue[name].buckets.length + 1 }, () => 0), sumMs: 0 };
}
