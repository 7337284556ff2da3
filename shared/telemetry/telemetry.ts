import type { Metrics } from "../domain/metrics.ts";
import type { Telemetry } from "../messages/telemetry-recorded.ts";

/** Maximum time before counts are sent. */
const waitMs = 2_000;
/** Maximum series and values per message. Further ones are dropped. */
const mostSeries = 500;
const mostValues = 5_000;

interface TelemetryDeps {
  readonly clock: () => number;
  readonly send: (telemetry: Telemetry) => Promise<void>;
  /** Schedules a call without keeping the process alive. */
  readonly later: (delayMs: number, run: () => void) => void;
}

interface TelemetryBuffer extends Metrics {
  /** Sends counts that have waited long enough, for the end of a batch, where no one waits for a response. */
  flushIfDue(): Promise<void>;
}

interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  by: number;
  readonly values: number[];
}

/**
 * Collects the counts of an execution environment and sends them at most every two seconds. Counts that
 * cannot be sent are lost. No request fails or waits because of metrics.
 */
export function telemetryBuffer({ clock, send, later }: TelemetryDeps): TelemetryBuffer {
  let series = new Map<string, Series>();
  let values = 0;
  let waitsSince: number | undefined;

  function seriesOf(name: string, labels: Readonly<Record<string, string>>): Series | undefined {
    const key = JSON.stringify([name, labels]);
    const known = series.get(key);
    if (known || series.size === mostSeries) return known;
    const made = { name, labels, by: 0, values: [] };
    series.set(key, made);
    if (waitsSince === undefined) {
      waitsSince = clock();
      later(waitMs, () => void flush());
    }
    return made;
  }

  async function flush(): Promise<void> {
    if (series.size === 0) return;
    const all = [...series.values()];
    series = new Map();
    values = 0;
    waitsSince = undefined;
    const telemetry: Telemetry = {
      version: 1,
      at: clock(),
      counts: all.filter(({ by }) => by > 0).map(({ name, labels, by }) => ({ name, labels, by })),
      observations: all
        .filter((each) => each.values.length > 0)
        .map((each) => ({ name: each.name, labels: each.labels, values: each.values })),
    };
    // Metrics are lossy by design.
    await send(telemetry).catch(() => undefined);
  }

  return {
    count(name, labels, by = 1) {
      const found = seriesOf(name, labels);
      if (found) found.by += by;
    },
    observe(name, labels, value) {
      if (values === mostValues) return;
      values += 1;
      seriesOf(name, labels)?.values.push(value);
    },
    async flushIfDue() {
      if (waitsSince !== undefined && clock() - waitsSince >= waitMs) await flush();
    },
  };
}
