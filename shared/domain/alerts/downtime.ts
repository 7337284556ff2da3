/**
 * Periods in which the platform could receive pings. A missing ping during a gap is no evidence of a failure.
 */

/** Epoch milliseconds. Pings in this interval may be lost. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Downtime {
  /** Time of the last sweep; null if unknown. */
  readonly sweptAt: number | null;
  /** Gaps in chronological order, at most `maxGaps`. */
  readonly gaps: readonly Gap[];
  /** Zero before it is first stored. */
  readonly version: number;
}

export const unknownDowntime: Downtime = { sweptAt: null, gaps: [], version: 0 };

/**
 * Pause between sweeps that counts as a gap. Sweeps run every minute. On AWS, a late or failed sweep does not
 * mean that pings were lost.
 */
const longestPauseMs = 240_000;

const maxGaps = 10;

/**
 * Updates the state after a sweep. A longer pause since the previous one is a gap. The first sweep finds
 * none.
 */
export function afterSweep(known: Downtime, now: number): Downtime {
  const { sweptAt } = known;
  const wasUp = sweptAt === null || now - sweptAt <= longestPauseMs;
  return wasUp ? { ...known, sweptAt: now } : afterStart(known, now);
}

/** Updates the state after a start of the platform, where any pause is a gap. */
export function afterStart({ sweptAt, gaps, version }: Downtime, now: number): Downtime {
  return { version, sweptAt: now, gaps: bounded([...gaps, { from: Math.min(sweptAt ?? 0, now), to: now }]) };
}

/** Merges the two oldest gaps if there are too many. */
function bounded(gaps: readonly Gap[]): readonly Gap[] {
  const [first, second, ...rest] = gaps;
  if (gaps.length <= maxGaps || !first || !second) return gaps;
  return [{ from: first.from, to: second.to }, ...rest];
}
