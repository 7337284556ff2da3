import { dashboard } from "./dashboard.ts";
import { stat, timeline, timeSeries } from "./panels.ts";
import { grown, total } from "./promql.ts";

const deadLetters = 'queue=~".+-dlq"';
const workQueues = 'queue!~".+-dlq"';
const requests = (matchers = "") => `http_requests_total{service=~"$service"${matchers}}`;
const byRoute = (series: string) => `sum by (method, route) (rate(${series}[$__rate_interval]))`;

export const platformHealth = dashboard({
  uid: "platform-health",
  title: "Platform Health",
  description: "Health of the platform itself: queues, errors, notifications, and telemetry.",
  from: "now-3h",
  variables: [{ name: "service", label: "Platform service", metric: "service_up" }],
  incidents: "incidents_created_total",
  panels: [
    stat({
      title: "Services up",
      description: "Services with a passing health check, out of five.",
      width: 6,
      unit: "short",
      queries: [{ expr: total("service_up"), legend: "up" }],
      limits: { good: 5 },
    }),
    stat({
      title: "Dead letters",
      description: "Messages that could not be processed and need attention.",
      width: 6,
      unit: "short",
      queries: [{ expr: total(`queue_depth{${deadLetters}}`), legend: "dead letters" }],
      limits: { critical: 1 },
    }),
    stat({
      title: "Oldest message",
      description: "Age of the oldest message in any queue, including delayed messages.",
      width: 6,
      unit: "s",
      queries: [{ expr: `max(queue_oldest_age_seconds{${workQueues}})`, legend: "age" }],
      limits: { warning: 120, critical: 1_200 },
    }),
    stat({
      title: "Exporter",
      description:
        "Result of the exporter's latest read. Its /health endpoint lists the sources that failed.",
      width: 6,
      unit: "short",
      queries: [{ expr: "min(exporter_up) or vector(0)", legend: "exporter" }],
      states: { "0": { text: "failing", color: "red" }, "1": { text: "ok", color: "green" } },
    }),
    timeline({
      title: "Platform alerts",
      description: "Alerts of monitoring/prometheus that fire or have fired.",
      width: 24,
      height: 6,
      unit: "short",
      queries: [{ expr: 'max by (alertname) (ALERTS{alertstate="firing"})', legend: "{{alertname}}" }],
      states: { "1": { text: "firing", color: "red" } },
    }),
    timeSeries({
      title: "Queue depth",
      description: "Messages in each queue, including in-flight and delayed messages.",
      width: 8,
      unit: "short",
      queries: [{ expr: `max by (queue) (queue_depth{${workQueues}})`, legend: "{{queue}}" }],
    }),
    timeSeries({
      title: "Queue age",
      description: "Age of the oldest message in each queue.",
      width: 8,
      unit: "s",
      queries: [{ expr: `max by (queue) (queue_oldest_age_seconds{${workQueues}})`, legend: "{{queue}}" }],
      limits: { critical: 1_200 },
    }),
    timeSeries({
      title: "Dead letters by queue",
      description: "Messages in each dead-letter queue.",
      width: 8,
      unit: "short",
      queries: [{ expr: `max by (queue) (queue_depth{${deadLetters}})`, legend: "{{queue}}" }],
      limits: { critical: 1 },
    }),
    timeSeries({
      title: "Error rate by route",
      description: "Share of requests to each route that returned 5xx. Routes without errors are hidden.",
      width: 12,
      unit: "percentunit",
      queries: [
        {
          expr: `${byRoute(requests(', status="5xx"'))} / ${byRoute(requests())} > 0`,
          legend: "{{method}} {{route}}",
        },
      ],
      limits: { critical: 0.05 },
      noValue: "no errors",
    }),
    timeSeries({
      title: "Errors by service",
      description: "Share of requests to each service of the platform that returned 5xx.",
      width: 12,
      unit: "percentunit",
      queries: [
        { expr: 'service:http_requests_5xx:ratio_rate5m{service=~"$service"}', legend: "{{service}}" },
      ],
      limits: { critical: 0.05 },
    }),
    timeSeries({
      title: "Notification failures by channel",
      description: "Notifications that failed permanently, by channel.",
      width: 12,
      unit: "short",
      queries: [
        {
          expr: `sum by (channel) (${grown('notifications_sent_total{status="failed"}', "$__interval")})`,
          legend: "{{channel}}",
        },
      ],
      bars: { atLeast: "1m" },
      noValue: "no failures",
    }),
    timeSeries({
      title: "Telemetry lag",
      description: "Age of the latest batch of function metrics when the exporter processed it.",
      width: 12,
      unit: "s",
      queries: [{ expr: "max(exporter_telemetry_lag_seconds)", legend: "lag" }],
      limits: { critical: 60 },
    }),
    timeSeries({
      title: "Time since last read",
      description: "Time since the exporter last read each source completely.",
      width: 12,
      unit: "s",
      queries: [
        { expr: "time() - max by (source) (exporter_last_read_timestamp_seconds)", legend: "{{source}}" },
      ],
      limits: { critical: 120 },
    }),
    timeSeries({
      title: "Failed reads",
      description: "Failed reads of the exporter, by source.",
      width: 12,
      unit: "short",
      queries: [
        {
          expr: `sum by (source) (${grown("exporter_read_errors_total", "$__interval")})`,
          legend: "{{source}}",
        },
      ],
      bars: { atLeast: "1m" },
      noValue: "no failures",
    }),
  ],
});
