/**
 * Catalog of all metrics: those counted by functions, and those that the exporter reads from the table, the
 * queues and the gateway. Names and labels follow Prometheus conventions. Times are in seconds.
 */

interface Metric {
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of the buckets. */
  readonly buckets?: readonly number[];
}

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Bounds from 10 seconds to one day. */
const responseTimeBuckets = [
  10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400,
];

/**
 * Counted by functions and sent in batches. Counts not yet sent are lost when an execution environment ends.
 */
export const counted = {
  alerts_received_total: {
    type: "counter",
    help: "Accepted alerts.",
    labels: ["severity"],
  },
  alerts_correlated_total: {
    type: "counter",
    help: "Alerts by outcome: new_incident, existing_incident, suppressed, dropped.",
    labels: ["result"],
  },
  coverage_gaps_total: {
    type: "counter",
    help: "Incidents without anyone on call at any level, or at any remaining level.",
    labels: ["team"],
  },
  oncall_lookups_total: {
    type: "counter",
    help: "Lookups of who is on call.",
    labels: ["team"],
  },
  http_requests_total: {
    type: "counter",
    help: "Requests by status class: 2xx, 3xx, 4xx, 5xx.",
    labels: ["service", "method", "route", "status"],
  },
  http_request_duration_seconds: {
    type: "histogram",
    help: "Time from request to response, in the function.",
    labels: ["service", "method", "route"],
    buckets: requestBuckets,
  },
} as const satisfies Record<string, Metric>;

/** Derived by the exporter from stored data, so nothing is lost or counted twice. */
export const derived = {
  incidents_total: {
    type: "counter",
    help: "Incidents that reached a status.",
    labels: ["status"],
  },
  incidents_created_total: {
    type: "counter",
    help: "Opened incidents.",
    labels: ["severity", "service"],
  },
  incidents_unresolved: {
    type: "gauge",
    help: "Incidents that are currently open or acknowledged.",
    labels: ["status", "severity", "service", "team"],
  },
  incident_mtta_seconds: {
    type: "histogram",
    help: "Time from opening an incident to its acknowledgement.",
    labels: [],
    buckets: responseTimeBuckets,
  },
  incident_mttr_seconds: {
    type: "histogram",
    help: "Time from opening an incident to its resolution.",
    labels: [],
    buckets: responseTimeBuckets,
  },
  notifications_sent_total: {
    type: "counter",
    help: "Notifications by result: sent, failed, suppressed.",
    labels: ["channel", "status"],
  },
  escalations_total: {
    type: "counter",
    help: "Automatic and manual escalations to another level.",
    labels: ["team"],
  },
  oncall_current: {
    type: "gauge",
    help: "1 for each person currently on call.",
    labels: ["team", "role", "name"],
  },
  service_up: {
    type: "gauge",
    help: "1 if the service's health check passes.",
    labels: ["service"],
  },
  queue_depth: {
    type: "gauge",
    help: "Messages in a queue, including in-flight and delayed messages. Dead-letter queues end in -dlq.",
    labels: ["queue"],
  },
  queue_oldest_age_seconds: {
    type: "gauge",
    help: "Time since the queue was last observed without waiting messages.",
    labels: ["queue"],
  },
} as const satisfies Record<string, Metric>;

/** Metrics of the exporter itself. */
export const own = {
  exporter_up: {
    type: "gauge",
    help: "1 if the last read of all sources succeeded. /health lists failed sources.",
    labels: [],
  },
  exporter_read_errors_total: {
    type: "counter",
    help: "Failed reads by source: incidents, notifications, escalations, oncall, queues, services, telemetry.",
    labels: ["source"],
  },
  exporter_last_read_timestamp_seconds: {
    type: "gauge",
    help: "Time of the last complete read of a source.",
    labels: ["source"],
  },
  exporter_telemetry_lag_seconds: {
    type: "gauge",
    help: "Age of the latest telemetry batch when it was processed.",
    labels: [],
  },
} as const satisfies Record<string, Metric>;

export const catalogue = { ...counted, ...derived, ...own };

export type MetricName = keyof typeof catalogue;
type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof catalogue)[Name]["labels"][number], string>>;
type Counted = typeof counted;
type CountedAs<Type extends Metric["type"]> = {
  [Name in keyof Counted]: Counted[Name]["type"] extends Type ? Name : never;
}[keyof Counted];

/** Counters and histograms for functions. Calls never fail and never wait. */
export interface Metrics {
  count<Name extends CountedAs<"counter">>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  /** @param value in the metric's unit */
  observe<Name extends CountedAs<"histogram">>(name: Name, labels: LabelsOf<Name>, value: number): void;
}
