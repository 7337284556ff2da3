/** Alertmanager API v2: Prometheus and vmalert post firing alerts repeatedly, and amtool queries them. */

import * as z from "zod";
import { alertIdOfIncident } from "../domain/ids.ts";
import type { Incident } from "../domain/incidents/incident.ts";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { limits } from "../domain/limits.ts";
import { isWorse } from "../domain/severity.ts";
import { formatInstant } from "../domain/time.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { matchesLabels, parseMatcher } from "./alertmanager/label-matcher.ts";
import { silenceRoutes } from "./alertmanager/silences.ts";
import { keyInHeader } from "./common/keys.ts";
import {
  eventOf,
  fingerprintOf,
  type PrometheusAlert,
  partsOf,
  prometheusAlert,
} from "./common/prometheus-alert.ts";
import { read } from "./common/read.ts";
import { readEach } from "./common/read-each.ts";
import type { IntegrationType } from "./integration-type.ts";

/**
 * Alertmanager's `resolve_timeout`: an alert without an end time resolves after it, unless it is repeated.
 */
const resolveTimeoutMs = 300_000;

/** Go encodes an empty list as null. */
const posted = z
  .array(z.unknown())
  .max(limits.alertsPerNotice, `must have at most ${limits.alertsPerNotice} alerts`)
  .nullable();
const key = keyInHeader("Bearer");

export const prometheus = {
  title: "Prometheus",
  url: "/integrations/{key}",
  setUp: `# prometheus.yml
alerting:
  alertmanagers:
    - path_prefix: /integrations/{key}
      static_configs: [{ targets: ["the platform's host"] }]

# vmalert, amtool
vmalert -notifier.url={url}
amtool --alertmanager.url={url} alert query`,
  routes: [
    {
      method: "POST",
      path: "/api/v2/alerts",
      key,
      async handle({ json }, context) {
        const { valid } = readEach(
          read(posted, json()) ?? [],
          (alert) => statedBy(read(prometheusAlert, alert), context),
          context,
        );
        await context.take(await newsOf(valid, context));
        // amtool accepts only this as success.
        return { status: 200, body: null };
      },
    },
    {
      method: "GET",
      path: "/api/v2/alerts",
      key,
      async handle({ query }, context) {
        const matchers = query.getAll("filter").map((text) => parseMatcher(text, context.patterns));
        const incidents = query.get("active") === "false" ? [] : await context.firing();
        const alerts = await Promise.all(incidents.map((incident) => alertOf(incident, context)));
        return {
          status: 200,
          body: alerts.filter(({ labels }) =>
            matchers.every((matcher) => matchesLabels(matcher, labels, context.patterns)),
          ),
        };
      },
    },
    {
      method: "GET",
      path: "/api/v2/status",
      key,
      handle: async (_, { integration }) => ({
        status: 200,
        body: statusOf(formatInstant(integration.createdAt)),
      }),
    },
    ...silenceRoutes(key),
  ],
  // JSON text, the only error format that amtool reads.
  refuse: ({ status, message, faults }) => ({
    status: status === 422 ? 400 : status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(
      faults.map(({ path, message }) => `${path} ${message}`.trimStart()).join("; ") || message,
    ),
  }),
} satisfies IntegrationType;

/** Returns the current state of an alert: firing until a time, or resolved. */
function statedBy(alert: PrometheusAlert, context: IntegrationContext): MonitoringEvent {
  const event = eventOf(alert, fingerprintOf(alert, context));
  const endsAt = alert.endsAt ?? context.now + resolveTimeoutMs;
  return endsAt <= context.now
    ? { ...event, action: "resolve", timestamp: endsAt }
    : { ...event, action: "trigger", endsAt };
}

/** Number of concurrent lookups. */
const atOnce = 50;

async function newsOf(
  events: readonly MonitoringEvent[],
  context: IntegrationContext,
): Promise<MonitoringEvent[]> {
  const news: MonitoringEvent[] = [];
  for (let first = 0; first < events.length; first += atOnce) {
    const batch = events.slice(first, first + atOnce);
    const isNew = await Promise.all(batch.map((event) => isNews(event, context)));
    news.push(...batch.filter((_, index) => isNew[index]));
  }
  return news;
}

/**
 * Returns true if an alert adds information. Firing alerts are repeated every minute, and resolved ones for
 * another 15 minutes. A repeat is ignored while more than half of the known time is left.
 */
async function isNews(event: MonitoringEvent, context: IntegrationContext): Promise<boolean> {
  const incident = await context.findIncident(event.dedupKey ?? "");
  if (!incident) return true;
  const { status, severity, endsAt, resolvedAt } = incident;
  if (event.action === "resolve")
    return status !== "resolved" || (event.startsAt ?? context.now) > (resolvedAt ?? context.now);
  if (status === "resolved" || isWorse(event.severity, severity) || endsAt === undefined) return true;
  return endsAt - context.now <= ((event.endsAt ?? context.now) - context.now) / 2;
}

/** Presents an incident as an Alertmanager alert. Clients require all of these fields. */
async function alertOf(incident: Incident, context: IntegrationContext) {
  const opening = await context.findAlert(alertIdOfIncident(incident.id));
  return {
    ...partsOf(opening?.labels ?? {}),
    fingerprint: incident.dedupKey ?? incident.id,
    receivers: [{ name: incident.team }],
    startsAt: formatInstant(opening?.timestamp ?? incident.createdAt),
    updatedAt: formatInstant(incident.updatedAt),
    endsAt: formatInstant(incident.endsAt ?? context.now + resolveTimeoutMs),
    status: { state: "active", silencedBy: [], inhibitedBy: [], mutedBy: [] },
  };
}

/** @param since reported start time */
function statusOf(since: string) {
  const version = "incident-platform";
  return {
    cluster: { status: "disabled" },
    config: { original: "" },
    uptime: since,
    versionInfo: {
      branch: version,
      buildDate: since,
      buildUser: version,
      goVersion: version,
      revision: version,
      version,
    },
  };
}
