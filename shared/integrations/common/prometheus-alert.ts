/**
 * Alert format shared by Prometheus, Alertmanager and Grafana: labels identify an alert, annotations describe
 * it.
 */

import * as z from "zod";
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import { parseInstant } from "../../domain/time.ts";
import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";
import { withClientLabels } from "./labels.ts";
import { severityNamed } from "./severity-names.ts";

/** Epoch milliseconds; undefined for a missing time, also encoded as year 1. */
export const instant = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? parseInstant(value) : undefined))
  .transform((at) => (at !== undefined && at > 0 ? at : undefined));

/**
 * Templates and recording rules may produce numbers, booleans and null instead of texts. Empty ones are
 * dropped.
 */
const texts = z.record(z.string(), z.unknown()).transform((values) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] => {
      const text = textOf(value);
      return text === "" ? [] : [[name, text]];
    }),
  ),
);
const text = z.string().nullish().catch(undefined);

export const prometheusAlert = z.object({
  labels: texts.refine((labels) => Object.keys(labels).length > 0, "must not be empty"),
  annotations: texts.catch({}),
  startsAt: instant,
  endsAt: instant,
  generatorURL: text,
});
export type PrometheusAlert = z.output<typeof prometheusAlert>;

/** Prefix of annotations among an alert's labels. */
const annotationPrefix = "annotations.";
/** Prefix of labels whose name is in use. */
export const clientLabelPrefix = "label_";
const generatorLabel = "generator_url";

/** @param dedupKey equal for equal labels */
export function eventOf(alert: PrometheusAlert, dedupKey: string): Omit<MonitoringEvent, "action"> {
  const { labels, annotations, startsAt, generatorURL } = alert;
  const own = { ...prefixed(annotations), [generatorLabel]: generatorURL || undefined };
  const texts = [annotations.summary, annotations.description, annotations.message];
  return {
    message: [labels.alertname, texts.find(isFilled)].filter(isFilled).join(": "),
    severity: severityNamed(labels.severity ?? "") ?? "high",
    dedupKey,
    // The client's labels come first, because they identify the alert and must not be dropped.
    labels: { ...labels, ...withClientLabels(own, labels, clientLabelPrefix) },
    startsAt,
  };
}

/** Returns the same text for the same labels in any order. */
export function fingerprintOf(
  { labels }: Pick<PrometheusAlert, "labels">,
  { sha256 }: Pick<IntegrationContext, "sha256">,
): string {
  const sorted = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify(sorted)).slice(0, 32);
}

/** Splits the labels of a stored alert into its original labels and annotations. */
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

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== "";
}
