/** What Prometheus, Alertmanager and Grafana call an alert: labels say which one, annotations what it is about. */
import * as z from "zod";
import { parseSeverity, type Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import type { Desk, MonitoringEvent } from "./integration-type.ts";

/** Epoch milliseconds; undefined where none is told, as by year 1. */
export const instant = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? parseInstant(value) : undefined))
  .transform((at) => (at !== undefined && at > 0 ? at : undefined));

const texts = z.record(z.string(), z.string());
const text = z.string().nullish().catch(undefined);

export const prometheusAlert = z.object({
  labels: texts.refine(
    (labels) => Object.values(labels).some((value) => value !== ""),
    "must name something",
  ),
  annotations: texts.nullish().transform((annotations) => annotations ?? {}),
  startsAt: instant,
  endsAt: instant,
  generatorURL: text,
});
export type PrometheusAlert = z.output<typeof prometheusAlert>;

/** Before the names of annotations among an alert's labels. */
const annotationPrefix = "annotations.";
const generatorLabel = "generator_url";

/** @param dedupKey what is the same for the same labels */
export function eventOf(alert: PrometheusAlert, dedupKey: string): Omit<MonitoringEvent, "action"> {
  const { labels, annotations, startsAt, generatorURL } = alert;
  const { summary, description, message } = annotations;
  return {
    message: [labels.alertname, summary || description || message].filter(Boolean).join(": "),
    severity: severityOf(labels.severity ?? ""),
    dedupKey,
    labels: { ...labels, ...prefixed(annotations), [generatorLabel]: generatorURL || undefined },
    startsAt,
  };
}

/** The same for the same labels, in whatever order they come. */
export function fingerprintOf(
  { labels }: Pick<PrometheusAlert, "labels">,
  { sha256 }: Pick<Desk, "sha256">,
): string {
  const sorted = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify(sorted)).slice(0, 32);
}

/** The labels and annotations that an alert of ours had when it came. */
export function partsOf(stored: Readonly<Record<string, string | number | boolean>>): {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  generatorURL: string;
} {
  const { [generatorLabel]: generatorURL = "", ...rest } = stored;
  const isAnnotation = ([name]: readonly [string, unknown]) => name.startsWith(annotationPrefix);
  const entries = Object.entries(rest).map(([name, value]) => [name, String(value)] as const);
  return {
    labels: Object.fromEntries(entries.filter((entry) => !isAnnotation(entry))),
    annotations: Object.fromEntries(
      entries.filter(isAnnotation).map(([name, value]) => [name.slice(annotationPrefix.length), value]),
    ),
    generatorURL: String(generatorURL),
  };
}

function prefixed(annotations: PrometheusAlert["annotations"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [annotationPrefix + name, value]),
  );
}

/** As rules in the wild have them beside those that everybody knows. */
const severities: Readonly<Record<string, Severity>> = {
  page: "critical",
  warn: "medium",
  none: "low",
};

/** What says something that nobody knows is not thrown away for it. */
function severityOf(label: string): Severity {
  return parseSeverity(label) ?? new Map(Object.entries(severities)).get(label.toLowerCase()) ?? "high";
}
