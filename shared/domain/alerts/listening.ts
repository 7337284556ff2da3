/** Times in which the platform could hear what is said to it: silence during a gap says nothing about whoever was to be heard. */

/** Epoch milliseconds. What was said between them may be lost. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Listening {
  /** Time of the last sweep; null if that is not known. */
  readonly sweptAt: number | null;
  /** Earliest first, at most `maxGaps`. */
  readonly gaps: readonly Gap[];
  /** Zero before it is first stored. */
  readonly version: number;
}

export const unknownListening: Listening = { sweptAt: null, gaps: [], version: 0 };

/** The sweep runs each minute. On AWS one that is late or fails says little: what is sent is received meanwhile. */
const longestPauseMs = 240_000;

const maxGaps = 10;

/** After a sweep: a longer pause since the last one is a gap. The first sweep ever finds none. */
export function afterSweep(known: Listening, now: number): Listening {
  const { sweptAt } = known;
  const listened = sweptAt === null || now - sweptAt <= longestPauseMs;
  return listened ? { ...known, sweptAt: now } : afterStart(known, now);
}

/** After a start of the platform, however short the pause was. */
export function afterStart({ sweptAt, gaps, version }: Listening, now: number): Listening {
  return { version, sweptAt: now, gaps: bounded([...gaps, { from: Math.min(sweptAt ?? 0, now), to: now }]) };
}

/** Joins the two oldest gaps where there are too many. */
function bounded(gaps: readonly Gap[]): readonly Gap[] {
  const [first, second, ...rest] = gaps;
  if (gaps.length <= maxGaps || !first || !second) return gaps;
  return [{ from: first.from, to: second.to }, ...rest];
}
