/** Axes of charts: where they end, and their round ticks. */

export interface Axis {
  /** Multiples of a round step, from 0 to the end of the axis. */
  readonly ticks: readonly number[];
  readonly end: number;
}

/** Largest number of intervals between ticks. */
const mostSteps = 4;
/** A value beyond this multiple of the usual ones is a spike. */
const spike = 3;
/** End of an axis with a spike, as a multiple of the usual values. */
const headroom = 1.5;

/** Steps of counts: 1, 2, 5, 10, 20 … */
export function roundCount(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

const durations = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200];

/** Steps of durations in seconds: 1s, 2s, 5s … 30m, 1h … 12h, and whole days. */
export function roundSeconds(least: number): number {
  return durations.find((step) => step >= least) ?? roundCount(least / 86_400) * 86_400;
}

/** @param roundStep returns the smallest round step that is not below a value */
export function axisOf(values: readonly (number | null)[], roundStep: (least: number) => number): Axis {
  const limit = limitOf(values.flatMap((value) => (value !== null && value > 0 ? [value] : [])));
  const step = roundStep(limit / mostSteps);
  const steps = Math.max(1, Math.ceil(limit / step));
  return { ticks: Array.from({ length: steps + 1 }, (_, index) => index * step), end: steps * step };
}

/** Returns the largest value, unless it is a spike, which would flatten all others. */
function limitOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const largest = sorted.at(-1) ?? 1;
  // Usual is what 90% of the values don't exceed, of less than ten all but one. A storm may last for days.
  const usual = sorted[Math.min(sorted.length - 2, Math.ceil(0.9 * sorted.length) - 1)];
  return sorted.length > 2 && usual !== undefined && largest > spike * usual ? headroom * usual : largest;
}
