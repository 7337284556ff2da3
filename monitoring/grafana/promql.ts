/**
 * What came to a counter within a range, by series.
 *
 * increase() misses the event that a series begins with, and series of a service or a team begin with their first one:
 * a series that is younger than the range, by fewer samples than scrapes that succeeded, counts from zero.
 */
export function grown(counter: string, range: string): string {
  const samples = `count_over_time(${counter}[${range}])`;
  const scrapes = `sum_over_time(up[${range}])`;
  const born = `${counter} and (${samples} < on (job, instance) group_left () ${scrapes})`;
  return `(${born}) or increase(${counter}[${range}])`;
}

/** The mean of a histogram over the dashboard's range; nothing where nothing was observed. */
export function meanInRange(histogram: string): string {
  const [sum, count] = ["sum", "count"].map((part) => `sum(increase(${histogram}_${part}[$__range]))`);
  return `${sum} / (${count} > 0)`;
}

/** A sum that is 0 where there is nothing to add. */
export function total(series: string): string {
  return `sum(${series}) or vector(0)`;
}

export function perMinute(counter: string, by: string): string {
  return `sum by (${by}) (rate(${counter}[$__rate_interval])) * 60`;
}
