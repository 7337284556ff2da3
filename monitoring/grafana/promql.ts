/**
 * Increase of a counter within a range, by series.
 *
 * increase() misses the first event of a new series, and a service or team gets its series with its first
 * event. A series younger than the range (fewer samples than successful scrapes) therefore counts from zero.
 */
export function grown(counter: string, range: string): string {
  const samples = `count_over_time(${counter}[${range}])`;
  const scrapes = `sum_over_time(up[${range}])`;
  const born = `${counter} and (${samples} < on (job, instance) group_left () ${scrapes})`;
  return `(${born}) or increase(${counter}[${range}])`;
}

/** Mean of a histogram over the dashboard's range; no value without observations. */
export function meanInRange(histogram: string): string {
  const [sum, count] = ["sum", "count"].map((part) => `sum(increase(${histogram}_${part}[$__range]))`);
  return `${sum} / (${count} > 0)`;
}

/** A sum that is 0 if there are no series. */
export function total(series: string): string {
  return `sum(${series}) or vector(0)`;
}

export function perMinute(counter: string, by: string): string {
  return `sum by (${by}) (rate(${counter}[$__rate_interval])) * 60`;
}
