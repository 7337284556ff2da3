import { dashboard } from "./dashboard.ts";
import { barGauge, deliveryColors, heatmap, stat, timeline, timeSeries } from "./panels.ts";
import { grown, perMinute, total } from "./promql.ts";

const created = 'incidents_created_total{service=~"$service"}';
const ofTeam = (metric: string) => `${metric}{team=~"$team"}`;

export const srePerformance = dashboard({
  uid: "sre-performance",
  title: "SRE Performance",
  description: "Incident response times over weeks, and the platform's own performance.",
  from: "now-7d",
  variables: [
    { name: "service", label: "Service", metric: "incidents_created_total" },
    { name: "team", label: "Team", metric: "oncall_current" },
  ],
  incidents: created,
  panels: [
    timeSeries({
      title: "MTTA",
      description: "Mean and 95th percentile of the time to acknowledge, over the previous six hours.",
      width: 12,
      unit: "s",
      queries: [
        { expr: "platform:incident_mtta_seconds:mean6h", legend: "mean" },
        { expr: "platform:incident_mtta_seconds:p95_6h", legend: "P95" },
      ],
      limits: { critical: 300 },
    }),
    timeSeries({
      title: "MTTR",
      description: "Mean and 95th percentile of the time to resolve, over the previous six hours.",
      width: 12,
      unit: "s",
      queries: [
        { expr: "platform:incident_mttr_seconds:mean6h", legend: "mean" },
        { expr: "platform:incident_mttr_seconds:p95_6h", legend: "P95" },
      ],
      limits: { critical: 7_200 },
    }),
    stat({
      title: "Escalations",
      description: "Automatic and manual escalations in the selected time range.",
      width: 6,
      unit: "short",
      queries: [{ expr: total(grown(ofTeam("escalations_total"), "$__range")), legend: "escalations" }],
    }),
    stat({
      title: "Notifications",
      description: "Notifications in the selected time range by result, across all teams.",
      width: 12,
      unit: "short",
      queries: [
        {
          expr: `sum by (status) (${grown("notifications_sent_total", "$__range")})`,
          legend: "{{status}}",
        },
      ],
      colors: deliveryColors,
    }),
    stat({
      title: "Coverage gaps",
      description: "Incidents in the selected time range with no one on call at any level.",
      width: 6,
      unit: "short",
      queries: [{ expr: total(grown(ofTeam("coverage_gaps_total"), "$__range")), legend: "gaps" }],
      limits: { critical: 0.5 },
    }),
    timeSeries({
      title: "Incidents by service",
      description: "Opened incidents by service.",
      width: 12,
      unit: "short",
      queries: [{ expr: `sum by (service) (${grown(created, "$__interval")})`, legend: "{{service}}" }],
      bars: { atLeast: "5m" },
    }),
    timeSeries({
      title: "On-call lookups by team",
      description: "On-call lookups per minute.",
      width: 12,
      unit: "cpm",
      queries: [{ expr: perMinute(ofTeam("oncall_lookups_total"), "team"), legend: "{{team}}" }],
    }),
    heatmap({
      title: "Request latency",
      description: "Distribution of request durations across all services of the platform.",
      width: 12,
      unit: "s",
      queries: [
        {
          expr: "sum by (le) (increase(http_request_duration_seconds_bucket[$__rate_interval]))",
          legend: "{{le}}",
        },
      ],
    }),
    timeSeries({
      title: "Request latency, P95",
      description: "The 95th percentile of request durations per service of the platform, over five minutes.",
      width: 12,
      unit: "s",
      queries: [{ expr: "service:http_request_duration_seconds:p95_rate5m", legend: "{{service}}" }],
      limits: { critical: 1 },
    }),
    timeline({
      title: "Service uptime",
      description: "Health check results of each service over time.",
      width: 16,
      unit: "short",
      queries: [{ expr: "max by (service) (service_up)", legend: "{{service}}" }],
      states: { "0": { text: "down", color: "red" }, "1": { text: "up", color: "green" } },
    }),
    barGauge({
      title: "Availability",
      description: "Share of the selected time range with a passing health check, per service.",
      width: 8,
      unit: "percentunit",
      max: 1,
      queries: [{ expr: "avg by (service) (avg_over_time(service_up[$__range]))", legend: "{{service}}" }],
      limits: { good: 0.999 },
    }),
  ],
});
