/** Allocates incident numbers, so that not every new incident writes to the counter. */
import type { Clock } from "../../use-cases/ports/system.ts";

/** Writes to the counter per second, by all functions together. */
const writesPerSecond = 100;
const mostNumbers = 100;
/** The rate of new incidents is measured over at least this time. */
const measuredMs = 1_000;
/** Numbers that are not used by then are skipped, so that numbers follow the order of the incidents within seconds. */
const usedWithinMs = 10_000;

/**
 * Returns a function that allocates the next number. Numbers are consecutive up to 200 new incidents per second.
 * Beyond, each function takes a block of the numbers of a hundredth of a second, and may skip the rest of it.
 *
 * @param add adds to the counter and returns the sum: the last number of the block
 */
export function numberBlocks(add: (by: number) => Promise<number>, clock: Clock): () => Promise<number> {
  let free: { readonly numbers: readonly number[]; readonly until: number } = { numbers: [], until: 0 };
  let measured: { readonly number: number; readonly at: number; readonly perSecond: number } | undefined;

  /** The counter shows the rate of all functions. */
  const measure = (number: number, at: number) => {
    if (measured && at - measured.at < measuredMs) return;
    const perSecond = measured ? ((number - measured.number) * 1_000) / (at - measured.at) : 0;
    measured = { number, at, perSecond };
  };

  return async () => {
    const now = clock();
    const [next, ...rest] = now < free.until ? free.numbers : [];
    if (next !== undefined) {
      free = { ...free, numbers: rest };
      return next;
    }
    const isCurrent = measured !== undefined && now - measured.at < usedWithinMs;
    const size = isCurrent ? blockSize(measured?.perSecond ?? 0) : 1;
    const last = await add(size);
    measure(last, now);
    const others = Array.from({ length: size - 1 }, (_, index) => last - size + 2 + index);
    if (others.length > 0) free = { numbers: others, until: now + usedWithinMs };
    return last - size + 1;
  };
}

export function blockSize(incidentsPerSecond: number): number {
  return Math.min(mostNumbers, Math.max(1, Math.floor(incidentsPerSecond / writesPerSecond)));
}
