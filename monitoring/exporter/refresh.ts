import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../shared/use-cases/ports/system.ts";
import type { Conditions } from "./conditions.ts";
import { freshForMs, type Source } from "./source.ts";

/** Maximum time that a scrape waits for its sources before it serves what is available. */
export const timeoutMs = 3_000;

interface Refresher {
  /**
   * Reads outdated sources, each at most once for concurrent scrapes, and waits for them for a limited time.
   */
  refresh(sources: readonly Source[]): Promise<void>;
  /** Resolves when no read is in progress and all positions are stored. */
  close(): Promise<void>;
}

export function refresherOf(deps: {
  readonly sources: readonly Source[];
  readonly conditions: Conditions;
  readonly clock: Clock;
}): Refresher {
  const { conditions, clock } = deps;
  const reading = new Map<Source, Promise<void>>();
  const staleAt = new Map<Source, number>();

  async function read(source: Source): Promise<void> {
    try {
      await source.read();
      staleAt.set(source, clock() + source.freshForMs);
      conditions.succeeded(source.name);
    } catch (error) {
      staleAt.set(source, clock() + freshForMs);
      conditions.failed(source.name, error);
    } finally {
      reading.delete(source);
    }
  }

  function fresh(source: Source): Promise<void> | undefined {
    const current = reading.get(source);
    if (current || clock() < (staleAt.get(source) ?? Number.NEGATIVE_INFINITY)) return current;
    const started = read(source);
    reading.set(source, started);
    return started;
  }

  return {
    async refresh(sources) {
      const timeout = new AbortController();
      const late = delay(timeoutMs, undefined, { signal: timeout.signal }).catch(() => {});
      await Promise.race([Promise.all(sources.map(fresh)), late]);
      timeout.abort();
    },
    async close() {
      await Promise.all(reading.values());
      for (const source of deps.sources) {
        await source.close().catch((error) => conditions.failed(source.name, error));
      }
    },
  };
}
