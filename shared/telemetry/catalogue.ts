/**
 * Every metric by name: what functions count, and what the exporter reads from the table, the queues and the gateway.
 * Names and labels follow Prometheus' conventions; times are in seconds.
 */

interface Metric {
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds. */
  readonly buckets?: readonly number[];
}

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From 10 s to a day. */
const answerBuckets = [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400];

/** Counted by the functions as they work, and sent in batches: what an environment that dies had not sent is lost. */
export const counted = {
  alerts_received_total: {
    type: "counter",
    help: "Alerts that were accepted.",
    labels: ["severity"],
  },
  alerts_correlated_total: {
    type: "counter",
    help: "Alerts by what became of them: new_incident, existing_incident, suppressed, dropped.",
    labels: ["result"],
  },
  coverage_gaps_total: {
    type: "counter",
    help: "Incidents for which nobody was on call at any level, or at those that remained.",
    labels: ["team"],
  },
  oncall_lookups_total: {
    type: "counter",
    help: "Times that somebody asked who is on call.",
    labels: ["team"],
  },
  http_requests_total: {
    type: "counter",
    help: "Requests by class of status: 2xx, 3xx, 4xx, 5xx.",
    labels: ["service", "method", "route", "status"],
  },
  http_request_duration_seconds: {
    type: "histogram",
    help: "Time in the function, from a request to its response.",
    labels: ["service", "method", "route"],
    buckets: requestBuckets,
  },
} as const satisfies Record<string, Metric>;

/** Read by the exporter from what is stored: nothing is lost or counted twice. */
export const derived = {
  incidents_total: {
    type: "counter",
    help: "Incidents that came to a status.",
    labels: ["status"],
  },
  incidents_created_total: {
    type: "counter",
    help: "Incidents that were opened.",
    labels: ["severity", "service"],
  },
  incidents_unresolved: {
    type: "gauge",
    help: "Incidents that are open or acknowledged now.",
    labels: ["status", "severity", "service", "team"],
  },
  incident_mtta_seconds: {
    type: "histogram",
    help: "From an incident's opening to its acknowledgement.",
    labels: [],
    buckets: answerBuckets,
  },
  incident_mttr_seconds: {
    type: "histogram",
    help: "From an incident's opening to its resolution.",
    labels: [],
    buckets: answerBuckets,
  },
  notifications_sent_total: {
    type: "counter",
    help: "Notifications by how they ended: sent, failed, suppressed.",
    labels: ["channel", "status"],
  },
  escalations_total: {
    type: "counter",
    help: "Steps to a further level, by time or by hand.",
    labels: ["team"],
  },
  oncall_current: {
    type: "gauge",
    help: "1 for who is on call now.",
    labels: ["team", "role", "name"],
  },
  service_up: {
    type: "gauge",
    help: "1 if the service's health endpoint says ok.",
    labels: ["service"],
  },
  queue_depth: {
    type: "gauge",
    help: "Messages in a queue, in flight and delayed ones included; dead-letter queues end in -dlq.",
    labels: ["queue"],
  },
  queue_oldest_age_seconds: {
    type: "gauge",
    help: "How long messages have waited in a queue without a break, as far as it was observed.",
    labels: ["queue"],
  },
} as const satisfies Record<string, Metric>;

/** What the exporter tells of itself. */
export const own = {
  exporter_up: {
    type: "gauge",
    help: "1 if everything could be read the last time; /health says what could not.",
    labels: [],
  },
  exporter_read_errors_total: {
    type: "counter",
    help: "Reads that failed, by what was read: incidents, notifications, escalations, oncall, queues, services, telemetry.",
    labels: ["source"],
  },
  exporter_last_read_timestamp_seconds: {
    type: "gauge",
    help: "When a source was read in full last.",
    labels: ["source"],
  },
  exporter_telemetry_lag_seconds: {
    type: "gauge",
    help: "Age of the latest batch that functions sent, when it was taken in.",
    labels: [],
  },
} as const satisfies Record<string, Metric>;

export const catalogue = { ...counted, ...derived, ...own };

export type MetricName = keyof typeof catalogue;
export type CountedName = keyof typeof counted;
type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof catalogue)[Name]["labels"][number], string>>;

/** What functions count with; it never fails and never waits. */
export interface Metrics {
  count<Name extends CountedName>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  /** @param value in the metric's unit */
  observe<Name extends CountedName>(name: Name, labels: LabelsOf<Name>, value: number): void;
}
