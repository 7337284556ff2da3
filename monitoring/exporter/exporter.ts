/** Reads what the platform has stored and counted, and serves it as metrics. */
import type { SQSClient } from "@aws-sdk/client-sqs";
import { checkpointStore } from "../../shared/storage/checkpoint-store.ts";
import { historyReader } from "../../shared/storage/history-reader.ts";
import { scheduleStore } from "../../shared/storage/oncall/schedule-store.ts";
import type { Table } from "../../shared/storage/table.ts";
import type { Clock, Log } from "../../shared/use-cases/ports/system.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { exporterMetrics } from "./metrics.ts";
import { type Format, type PageName, pageOf, render } from "./pages.ts";
import { refresherOf } from "./refresh.ts";
import { escalationsSource } from "./sources/escalations.ts";
import { incidentsSource } from "./sources/incidents.ts";
import { notificationsSource } from "./sources/notifications.ts";
import { onCallSource } from "./sources/on-call.ts";
import { queuesSource } from "./sources/queues.ts";
import { type ServicesDeps, servicesSource } from "./sources/services.ts";
import { receiveTelemetry, type TelemetryDeps } from "./sources/telemetry.ts";

export interface ExporterDeps extends Pick<ServicesDeps, "fetch" | "gatewayUrl"> {
  readonly table: Table;
  readonly sqs: SQSClient;
  /** SQS client with timeouts that allow long polling. */
  readonly longPollingSqs: SQSClient;
  /** Queue URLs by short name; one of them is `telemetry`. */
  readonly queues: Readonly<Record<string, string>> & { readonly telemetry: string };
  readonly backOff?: NonNullable<TelemetryDeps["backOff"]>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Exporter {
  /**
   * Starts counting stored data now rather than at the first scrape. Resolves once the start is stored.
   * @param pause waits before a retry
   */
  begin(pause: () => Promise<void>): Promise<void>;
  /** Returns the response body for one page or for all pages. */
  page(name: PageName | "all", format: Format): Promise<string>;
  health(): ReturnType<Conditions["report"]> & { readonly telemetry_dropped: number };
  /** Finishes reads in progress and stores their results. */
  close(): Promise<void>;
}

/** Reads on demand after its start, except for telemetry, which arrives continuously. */
export function startExporter(deps: ExporterDeps): Exporter {
  const { table, sqs, queues, clock, log } = deps;
  const metrics = exporterMetrics();
  const conditions = conditionsOf({ metrics, clock, log });
  const following = {
    history: historyReader(table),
    checkpoints: checkpointStore(table),
    metrics,
    clock,
    log,
  };
  const followed = [incidentsSource(following), notificationsSource(following), escalationsSource(following)];
  const sources = [
    ...followed,
    onCallSource({ schedules: scheduleStore(table), metrics, clock }),
    queuesSource({ sqs, queues, metrics, clock }),
    servicesSource({ gatewayUrl: deps.gatewayUrl, fetch: deps.fetch, metrics }),
  ];
  const refresher = refresherOf({ sources, conditions, clock });
  const telemetry = receiveTelemetry({
    sqs: deps.longPollingSqs,
    queueUrl: queues.telemetry,
    metrics,
    conditions,
    clock,
    log,
    ...(deps.backOff && { backOff: deps.backOff }),
  });

  const isUnread = ({ name }: (typeof followed)[number]) =>
    conditions.report().sources[name].last_read_at === undefined;

  return {
    async begin(pause) {
      for (;;) {
        await refresher.refresh(followed);
        if (!followed.some(isUnread)) return;
        await pause();
      }
    },
    async page(name, format) {
      const shown = (source: (typeof sources)[number]) =>
        name === "all" || source.metrics.some((metric) => pageOf(metric, {}) === name);
      await refresher.refresh(sources.filter(shown));
      return render(await metrics.families(), name, format);
    },
    health: () => ({ ...conditions.report(), telemetry_dropped: telemetry.dropped }),
    async close() {
      await telemetry.close();
      await refresher.close();
    },
  };
}
