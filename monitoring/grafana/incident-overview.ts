import { dashboard } from "./dashboard.ts";
import { barGauge, gauge, pie, severityColors, stat, statusColors, table, timeSeries } from "./panels.ts";
import { grown, meanInRange, perMinute, total } from "./promql.ts";

const created = 'incidents_created_total{service=~"$service"}';
const unresolved = (status: string) =>
  total(`incidents_unresolved{status="${status}", service=~"$service", team=~"$team"}`);

export const incidentOverview = dashboard({
  uid: "incident-overview",
  title: "Incident Overview",
  description: "Open incidents, response times, and sources of alerts.",
  from: "now-6h",
  variables: [
    { name: "service", label: "Service", metric: "incidents_created_total" },
    { name: "team", label: "Team", metric: "oncall_current" },
  ],
  incidents: created,
  panels: [
    stat({
      title: "Open",
      description: "Current incidents that are not acknowledged.",
      width: 4,
      unit: "short",
      queries: [{ expr: unresolved("open"), legend: "open" }],
      limits: { critical: 1 },
    }),
    stat({
      title: "Acknowledged",
      description: "Current incidents that are acknowledged and not resolved.",
      width: 4,
      unit: "short",
      queries: [{ expr: unresolved("acknowledged"), legend: "acknowledged" }],
      limits: { warning: 1, critical: 10 },
    }),
    gauge({
      title: "MTTA",
      description:
        "Mean time to acknowledge for incidents acknowledged in the selected time range, across all services. The target is five minutes.",
      width: 8,
      unit: "s",
      max: 900,
      queries: [{ expr: meanInRange("incident_mtta_seconds"), legend: "MTTA" }],
      limits: { warning: 180, critical: 300 },
      noValue: "none acknowledged",
    }),
    gauge({
      title: "MTTR",
      description:
        "Mean time to resolve for incidents resolved in the selected time range, across all services.",
      width: 8,
      unit: "s",
      max: 14_400,
      queries: [{ expr: meanInRange("incident_mttr_seconds"), legend: "MTTR" }],
      limits: { warning: 3_600, critical: 7_200 },
      noValue: "none resolved",
    }),
    timeSeries({
      title: "Alerts received",
      description: "Accepted alerts per minute by severity, across all services.",
      width: 12,
      unit: "cpm",
      queries: [{ expr: perMinute("alerts_received_total", "severity"), legend: "{{severity}}" }],
      colors: severityColors,
    }),
    timeSeries({
      title: "Alert outcomes",
      description:
        "Alerts per minute by outcome (new incident, existing incident, suppressed or dropped), across all services.",
      width: 12,
      unit: "cpm",
      queries: [{ expr: perMinute("alerts_correlated_total", "result"), legend: "{{result}}" }],
    }),
    barGauge({
      title: "Incidents by severity",
      description: "Incidents opened in the selected time range, by initial severity.",
      width: 8,
      unit: "short",
      queries: [{ expr: `sum by (severity) (${grown(created, "$__range")})`, legend: "{{severity}}" }],
      colors: severityColors,
    }),
    pie({
      title: "Incidents by status",
      description:
        "Current open and acknowledged incidents, and incidents resolved in the selected time range across all services and teams.",
      width: 8,
      unit: "short",
      queries: [
        { expr: unresolved("open"), legend: "open" },
        { expr: unresolved("acknowledged"), legend: "acknowledged" },
        { expr: total(grown('incidents_total{status="resolved"}', "$__range")), legend: "resolved" },
      ],
      colors: statusColors,
    }),
    barGauge({
      title: "Noisiest services",
      description: "The ten services with the most incidents opened in the selected time range.",
      width: 8,
      unit: "short",
      queries: [
        {
          expr: `topk(10, sum by (service) (${grown(created, "$__range")}) > 0)`,
          legend: "{{service}}",
        },
      ],
    }),
    timeSeries({
      title: "Requests by service",
      description: "Requests per second to each service of the platform, as a five-minute average.",
      width: 16,
      unit: "reqps",
      queries: [{ expr: "service:http_requests:rate5m", legend: "{{service}}" }],
    }),
    table({
      title: "On call now",
      description: "People on call by team and role.",
      width: 8,
      unit: "short",
      queries: [
        { expr: 'max by (team, role, name) (oncall_current{team=~"$team"}) == 1', legend: "{{name}}" },
      ],
      columns: ["team", "role", "name"],
      noValue: "no one",
    }),
  ],
});
