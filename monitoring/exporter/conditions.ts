/** Result of the latest read of each source. */
import type { Clock, Log } from "../../shared/use-cases/ports/system.ts";
import type { ExporterMetrics } from "./metrics.ts";
import { type SourceName, sourceNames } from "./source.ts";

export interface Condition {
  readonly status: "ok" | "failing" | "unread";
  /** Reason for the failure. */
  readonly reason?: string;
  /** RFC 3339 time of the last complete read. */
  readonly last_read_at?: string;
}

export interface Conditions {
  succeeded(source: SourceName): void;
  /** Counts every failure. Logs only the first one and the recovery. */
  failed(source: SourceName, error: unknown): void;
  report(): {
    readonly status: "ok" | "degraded";
    readonly sources: Readonly<Record<SourceName, Condition>>;
  };
}

export function conditionsOf(deps: {
  readonly metrics: ExporterMetrics;
  readonly clock: Clock;
  readonly log: Log;
}): Conditions {
  const { metrics, clock, log } = deps;
  const reasons = new Map<SourceName, string>();
  const readAt = new Map<SourceName, number>();
  const update = () => metrics.set("exporter_up", {}, reasons.size === 0 ? 1 : 0);

  for (const source of sourceNames) metrics.count("exporter_read_errors_total", { source }, 0);
  update();

  return {
    succeeded(source) {
      readAt.set(source, clock());
      metrics.set("exporter_last_read_timestamp_seconds", { source }, clock() / 1_000);
      if (reasons.delete(source)) log.info("source can be read again", { source });
      update();
    },
    failed(source, error) {
      metrics.count("exporter_read_errors_total", { source });
      if (!reasons.has(source)) log.warn("source can't be read", { source, error });
      reasons.set(source, reasonOf(error));
      update();
    },
    report() {
      const conditionOf = (source: SourceName): Condition => {
        const [reason, at] = [reasons.get(source), readAt.get(source)];
        return {
          status: reason !== undefined ? "failing" : at !== undefined ? "ok" : "unread",
          ...(reason !== undefined && { reason }),
          ...(at !== undefined && { last_read_at: new Date(at).toISOString() }),
        };
      };
      return {
        status: reasons.size === 0 ? "ok" : "degraded",
        sources: Object.fromEntries(sourceNames.map((source) => [source, conditionOf(source)])) as Readonly<
          Record<SourceName, Condition>
        >,
      };
    },
  };
}

/** Returns the error's message and its cause, or the code of a failed connection. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, name, cause } = error;
  const own = message || ("code" in error ? String(error.code) : name);
  return cause === undefined ? own : `${own}: ${reasonOf(cause)}`;
}
