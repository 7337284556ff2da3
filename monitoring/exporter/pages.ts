/** Assigns series to pages: one page per service, and the exporter's page for the rest. */
import { parseAccept } from "hono/utils/accept";
import {
  AggregatorRegistry,
  openMetricsContentType,
  prometheusContentType,
  type Registry,
} from "prom-client";
import { isServiceName, type ServiceName, serviceNames } from "../../shared/domain/health.ts";
import type { Family, Sample } from "./metrics.ts";

export const pageNames = [...serviceNames, "exporter"] as const;
/** Page names. Every series is on exactly one page. */
export type PageName = (typeof pageNames)[number];

/** Services by the first word of a metric's name. */
const owners: Readonly<Record<string, ServiceName>> = {
  alerts: "alerts",
  incident: "incidents",
  incidents: "incidents",
  oncall: "oncall",
  escalations: "oncall",
  coverage: "oncall",
  notifications: "notifications",
};

/** Returns the page of a series. Request metrics belong to the service that received the request. */
export function pageOf(metric: string, labels: Sample["labels"]): PageName {
  const [subject = ""] = metric.split("_", 1);
  const owner = subject === "http" ? String(labels.service) : owners[subject];
  return owner !== undefined && isServiceName(owner) ? owner : "exporter";
}

export type Format = typeof prometheusContentType | typeof openMetricsContentType;

/** Returns OpenMetrics if the client prefers it to plain text. */
export function formatFor(accept: string): Format {
  const weight = (type: string) => parseAccept(accept).find((offer) => offer.type === type)?.q ?? 0;
  const openMetrics = weight("application/openmetrics-text");
  return openMetrics > 0 && openMetrics >= weight("text/plain")
    ? openMetricsContentType
    : prometheusContentType;
}

/** Renders the series of one page, or of all pages, as text. */
export async function render(
  families: readonly Family[],
  page: PageName | "all",
  format: Format,
): Promise<string> {
  const shown = families.flatMap(({ name, help, type, samples }) => {
    const values = samples.filter(({ labels }) => page === "all" || pageOf(name, labels) === page);
    // For OpenMetrics, prom-client adds the required suffix to counter samples, but not to the counters.
    const named =
      format === openMetricsContentType && type === "counter" ? name.replace(/_total$/, "") : name;
    return values.length === 0 ? [] : { name: named, help, type, aggregator: "sum", values };
  });
  // A registry of fixed values, written as they are.
  const registry: Registry<Format> = AggregatorRegistry.aggregate([shown]);
  registry.setContentType(format);
  return (await registry.metrics()).trimStart();
}
