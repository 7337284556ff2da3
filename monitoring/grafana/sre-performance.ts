import { dashboard } from "./dashboard.ts";
import { barGauge, deliveryColors, heatmap, stat, timeline, timeSeries } from "./panels.ts";
import { grown, perMinute, total } from "./promql.ts";

const created = 'incidents_created_total{service=~"$service"}';
const ofTeam = (metric: string) => `${metric}{team=~"$team"}`;

export const srePerformance = dashboard({
  uid: "sre-performance",
  title: "SRE Performance",
  description:
    "How well incidents are answered over time, and how well the platform serves those who answer.",
  from: "now-7d",
  variables: [
    { name: "service", label: "Service", metric: "incidents_created_total" },
    { name: "team", label: "Team", metric: "oncall_current" },
  ],
  incidents: created,
  panels: [
    timeSeries({
      title: "MTTA",
      description: "Time to acknowledge over the six hours before: its mean, and what 95 % stayed below.",
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
      description: "Time to resolve over the six hours before: its mean, and what 95 % stayed below.",
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
      description: "Steps to a further level in the chosen time, by time or by hand.",
      width: 6,
      unit: "short",
      queries: [{ expr: total(grown(ofTeam("escalations_total"), "$__range")), legend: "escalations" }],
    }),
    stat({
      title: "Notifications",
      description: "Notifications in the chosen time, by how they ended; of all teams.",
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
      description: "Incidents in the chosen time for which nobody was on call at any level.",
      width: 6,
      unit: "short",
      queries: [{ expr: total(grown(ofTeam("coverage_gaps_total"), "$__range")), legend: "gaps" }],
      limits: { critical: 0.5 },
    }),
    timeSeries({
      title: "Incidents by service",
      description: "Incidents that were opened, by the service that they are about.",
      width: 12,
      unit: "short",
      queries: [{ expr: `sum by (service) (${grown(created, "$__interval")})`, legend: "{{service}}" }],
      bars: { atLeast: "5m" },
    }),
    timeSeries({
      title: "On-call lookups by team",
      description: "How often a minute somebody asked who is on call.",
      width: 12,
      unit: "cpm",
      queries: [{ expr: perMinute(ofTeam("oncall_lookups_total"), "team"), legend: "{{team}}" }],
    }),
    heatmap({
      title: "Request latency",
      description: "How many requests took how long, of all services of the platform.",
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
      description: "What 95 % of the requests to each service of the platform stay below, over five minutes.",
      width: 12,
      unit: "s",
      queries: [{ expr: "service:http_request_duration_seconds:p95_rate5m", legend: "{{service}}" }],
      limits: { critical: 1 },
    }),
    timeline({
      title: "Service uptime",
      description: "When each service's health endpoint said ok, and when not.",
      width: 16,
      unit: "short",
      queries: [{ expr: "max by (service) (service_up)", legend: "{{service}}" }],
      states: { "0": { text: "down", color: "red" }, "1": { text: "up", color: "green" } },
    }),
    barGauge({
      title: "Availability",
      description: "The share of the chosen time for which each service's health endpoint said ok.",
      width: 8,
      unit: "percentunit",
      max: 1,
      queries: [{ expr: "avg by (service) (avg_over_time(service_up[$__range]))", legend: "{{service}}" }],
      limits: { good: 0.999 },
    }),
  ],
});
