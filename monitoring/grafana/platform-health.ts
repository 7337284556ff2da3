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
  description: "Whether the platform itself does its work: queues, errors, notifications, and its telemetry.",
  from: "now-3h",
  variables: [{ name: "service", label: "Service of the platform", metric: "service_up" }],
  incidents: "incidents_created_total",
  panels: [
    stat({
      title: "Services up",
      description: "Services whose health endpoint says ok; there are five.",
      width: 6,
      unit: "short",
      queries: [{ expr: total("service_up"), legend: "up" }],
      limits: { good: 5 },
    }),
    stat({
      title: "Dead letters",
      description: "Messages that could not be processed and wait for somebody.",
      width: 6,
      unit: "short",
      queries: [{ expr: total(`queue_depth{${deadLetters}}`), legend: "dead letters" }],
      limits: { critical: 1 },
    }),
    stat({
      title: "Oldest message",
      description: "Age of the oldest message in any queue; those that wait for their time included.",
      width: 6,
      unit: "s",
      queries: [{ expr: `max(queue_oldest_age_seconds{${workQueues}})`, legend: "age" }],
      limits: { warning: 120, critical: 1_200 },
    }),
    stat({
      title: "Exporter",
      description:
        "Whether the exporter could read everything the last time; its /health says what it could not.",
      width: 6,
      unit: "short",
      queries: [{ expr: "min(exporter_up) or vector(0)", legend: "exporter" }],
      states: { "0": { text: "failing", color: "red" }, "1": { text: "reads all", color: "green" } },
    }),
    timeline({
      title: "Alerts about the platform",
      description: "Which alerts of monitoring/prometheus fire, and when they did.",
      width: 24,
      height: 6,
      unit: "short",
      queries: [{ expr: 'max by (alertname) (ALERTS{alertstate="firing"})', legend: "{{alertname}}" }],
      states: { "1": { text: "firing", color: "red" } },
    }),
    timeSeries({
      title: "Queue depth",
      description: "Messages in each queue, in flight and delayed ones included.",
      width: 8,
      unit: "short",
      queries: [{ expr: `max by (queue) (queue_depth{${workQueues}})`, legend: "{{queue}}" }],
    }),
    timeSeries({
      title: "Queue age",
      description: "Age of the oldest message that waits in each queue.",
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
      description:
        "The share of the requests to each route that was answered with 5xx; routes without one are not shown.",
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
      description: "The share of the requests to each service of the platform that was answered with 5xx.",
      width: 12,
      unit: "percentunit",
      queries: [
        { expr: 'service:http_requests_5xx:ratio_rate5m{service=~"$service"}', legend: "{{service}}" },
      ],
      limits: { critical: 0.05 },
    }),
    timeSeries({
      title: "Notification failures by channel",
      description: "Notifications that were given up, by channel.",
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
      description: "Age of the latest batch of counts from the functions, when the exporter took it in.",
      width: 12,
      unit: "s",
      queries: [{ expr: "max(exporter_telemetry_lag_seconds)", legend: "lag" }],
      limits: { critical: 60 },
    }),
    timeSeries({
      title: "Since the last read",
      description: "For how long the exporter has not read each source in full.",
      width: 12,
      unit: "s",
      queries: [
        { expr: "time() - max by (source) (exporter_last_read_timestamp_seconds)", legend: "{{source}}" },
      ],
      limits: { critical: 120 },
    }),
    timeSeries({
      title: "Reads that failed",
      description: "Reads of the exporter that failed, by what it read.",
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
