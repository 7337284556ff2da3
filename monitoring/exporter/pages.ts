/** What is served where: each service's own series on a page of its own, and the rest on the exporter's. */
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
/** Every series is on exactly one of them. */
export type PageName = (typeof pageNames)[number];

/** By the first word of a metric's name. */
const owners: Readonly<Record<string, ServiceName>> = {
  alerts: "alerts",
  incident: "incidents",
  incidents: "incidents",
  oncall: "oncall",
  escalations: "oncall",
  coverage: "oncall",
  notifications: "notifications",
};

/** Requests belong to the service that they were made to. */
export function pageOf(metric: string, labels: Sample["labels"]): PageName {
  const [subject = ""] = metric.split("_", 1);
  const owner = subject === "http" ? String(labels.service) : owners[subject];
  return owner !== undefined && isServiceName(owner) ? owner : "exporter";
}

export type Format = typeof prometheusContentType | typeof openMetricsContentType;

/** OpenMetrics for those who would rather have it than plain text. */
export function formatFor(accept: string): Format {
  const weight = (type: string) => parseAccept(accept).find((offer) => offer.type === type)?.q ?? 0;
  const openMetrics = weight("application/openmetrics-text");
  return openMetrics > 0 && openMetrics >= weight("text/plain")
    ? openMetricsContentType
    : prometheusContentType;
}

/** The series of a page, or of all, as text. */
export async function render(
  families: readonly Family[],
  page: PageName | "all",
  format: Format,
): Promise<string> {
  const shown = families.flatMap(({ name, help, type, samples }) => {
    const values = samples.filter(({ labels }) => page === "all" || pageOf(name, labels) === page);
    // prom-client adds what OpenMetrics wants counters' samples, but not the counters, to end in.
    const named =
      format === openMetricsContentType && type === "counter" ? name.replace(/_total$/, "") : name;
    return values.length === 0 ? [] : { name: named, help, type, aggregator: "sum", values };
  });
  // A registry of values that stand: it writes them down as they are.
  const registry: Registry<Format> = AggregatorRegistry.aggregate([shown]);
  registry.setContentType(format);
  return (await registry.metrics()).trimStart();
}
