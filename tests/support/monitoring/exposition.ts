/** A fake exporter with every metric in the catalog, as on a busy platform with all kinds of failures. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { serviceNames } from "../../../shared/domain/health.ts";
import { catalogue, type MetricName } from "../../../shared/domain/metrics.ts";
import { severities } from "../../../shared/domain/severity.ts";

export interface FakeExporter {
  /** `127.0.0.1:port` */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves `/metrics/{service}` and `/metrics/exporter`. Counters grow with each scrape. */
export async function startFakeExporter(): Promise<FakeExporter> {
  const pages = new Map(paths.map((path) => [path, page(path)]));
  const server = createServer(async (request, response) => {
    const found = pages.get(request.url ?? "");
    const text = found && (await found());
    response.writeHead(text ? 200 : 404, { "content-type": Registry.PROMETHEUS_CONTENT_TYPE }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Scrapes everything once. */
export async function exposition(): Promise<string> {
  const everything = page(null);
  return everything();
}

const paths = [...serviceNames, "exporter"].map((name) => `/metrics/${name}`);

type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof catalogue)[Name]["labels"][number], string>>;

const requests = serviceNames.map((service) => ({ service, method: "GET", route: `/health/${service}` }));
const teams = [{ team: "payments" }, { team: "search" }];
const queues = ["alerts", "incident-events", "notifications", "incident-timers", "telemetry"];
const queueSeries = queues.flatMap((queue) => [{ queue }, { queue: `${queue}-dlq` }]);
const sources = ["incidents", "notifications", "escalations", "oncall", "queues", "services", "telemetry"];

const series: { readonly [Name in MetricName]: readonly LabelsOf<Name>[] } = {
  alerts_received_total: severities.map((severity) => ({ severity })),
  alerts_correlated_total: ["new_incident", "existing_incident", "suppressed", "dropped"].map((result) => ({
    result,
  })),
  coverage_gaps_total: teams,
  oncall_lookups_total: teams,
  http_requests_total: requests.flatMap((request) => [
    { ...request, status: "2xx" },
    { ...request, status: "5xx" },
  ]),
  http_request_duration_seconds: requests,
  incidents_total: ["open", "acknowledged", "resolved"].map((status) => ({ status })),
  incidents_created_total: severities.map((severity) => ({ severity, service: "checkout" })),
  incidents_unresolved: ["open", "acknowledged"].map((status) => ({
    status,
    severity: "high",
    service: "checkout",
    team: "payments",
  })),
  incident_mtta_seconds: [{}],
  incident_mttr_seconds: [{}],
  notifications_sent_total: ["email", "sms"].flatMap((channel) => [
    { channel, status: "sent" },
    { channel, status: "failed" },
  ]),
  escalations_total: teams,
  oncall_current: teams.map((team) => ({ ...team, role: "primary", name: "Ana" })),
  service_up: serviceNames.map((service) => ({ service })),
  queue_depth: queueSeries,
  queue_oldest_age_seconds: queueSeries,
  exporter_up: [{}],
  exporter_read_errors_total: sources.map((source) => ({ source })),
  exporter_last_read_timestamp_seconds: sources.map((source) => ({ source })),
  exporter_telemetry_lag_seconds: [{}],
};

/** Values of gauges. Default: 1. */
const values: Partial<Record<MetricName, (labels: Readonly<Record<string, string>>) => number>> = {
  service_up: ({ service }) => (service === "web" ? 0 : 1),
  queue_oldest_age_seconds: () => 4_000,
  exporter_last_read_timestamp_seconds: ({ source }) => Date.now() / 1000 - (source === "queues" ? 600 : 5),
};

/** Values in seconds added to histograms with each scrape. */
const observed: Partial<Record<MetricName, number>> = {
  http_request_duration_seconds: 0.02,
  incident_mtta_seconds: 1_500,
  incident_mttr_seconds: 5_000,
};

/** Returns the path of a metric. Request metrics are served by their service. */
function pathOf(name: MetricName, labels: Readonly<Record<string, string>>): string {
  if (name.startsWith("http_")) return `/metrics/${labels.service}`;
  if (name.startsWith("alerts_")) return "/metrics/alerts";
  if (name.startsWith("incident")) return "/metrics/incidents";
  if (/^(oncall|escalations|coverage)_/.test(name)) return "/metrics/oncall";
  if (name.startsWith("notifications_")) return "/metrics/notifications";
  return "/metrics/exporter";
}

/** @returns a function that renders the next scrape of a path, or of all paths */
function page(path: string | null): () => Promise<string> {
  const registry = new Registry();
  const steps = (Object.keys(catalogue) as MetricName[]).flatMap((name) => {
    const here = series[name].filter((labels) => path === null || pathOf(name, labels) === path);
    return here.length === 0 ? [] : [advance(name, here, registry)];
  });
  return async () => {
    for (const step of steps) step();
    return registry.metrics();
  };
}

function advance(
  name: MetricName,
  labelSets: readonly Readonly<Record<string, string>>[],
  registry: Registry,
): () => void {
  const { type, help, labels: labelNames } = catalogue[name];
  const options = { name, help, labelNames: [...labelNames], registers: [registry] };
  const each = (step: (labels: Record<string, string>) => void) => () => {
    for (const labels of labelSets) step({ ...labels });
  };
  switch (type) {
    case "counter": {
      const counter = new Counter(options);
      return each((labels) => counter.inc(labels));
    }
    case "gauge": {
      const gauge = new Gauge(options);
      return each((labels) => gauge.set(labels, values[name]?.(labels) ?? 1));
    }
    case "histogram": {
      const histogram = new Histogram({ ...options, buckets: [...catalogue[name].buckets] });
      return each((labels) => histogram.observe(labels, observed[name] ?? 1));
    }
  }
}
