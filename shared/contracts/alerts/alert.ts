import * as z from "zod";
import {
  alertActions,
  alertOutcomes,
  type RecordedAlert,
  suppressorKinds,
} from "../../domain/alerts/alert.ts";
import { limits } from "../../domain/limits.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import {
  instant,
  instantInput,
  labels,
  serviceName,
  severityInput,
  text,
  weighingAtMost,
} from "../fields.ts";

/** An alert as sent by a monitoring system. */
export const alertInput = z
  .object({
    service: serviceName,
    severity: severityInput,
    message: text(1, limits.messageLength),
    labels: labels.default({}),
    source: text(1, limits.sourceLength).default("api"),
    timestamp: instantInput.nullable().default(null),
    dedup_key: text(1, limits.dedupKeyLength).nullable().default(null),
    action: z.enum(alertActions).default("trigger"),
  })
  .refine(...weighingAtMost(limits.alertBytes));

/** An alert and its outcome. */
export const alertResource = z
  .object({
    id: z.string(),
    service: z.string(),
    severity: z.enum(severities),
    message: z.string(),
    source: z.string(),
    labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    dedup_key: z.string().nullable(),
    action: z.enum(alertActions),
    timestamp: instant,
    received_at: instant,
    incident_id: z.string().nullable(),
    outcome: z.enum(alertOutcomes),
    routing_rules: z.array(z.string()).meta({ description: "Names of the matching rules." }),
    suppressed_by: z
      .object({ kind: z.enum(suppressorKinds), id: z.string() })
      .nullable()
      .meta({ description: "The silence or more severe incident that suppressed it, if any." }),
    released_as: z.string().nullable().meta({
      description:
        "ID of the alert that was sent in its place when the suppression ended. Set for the latest 21 alerts of a key.",
    }),
  })
  .meta({ id: "Alert" });

export function presentAlert(alert: RecordedAlert): z.input<typeof alertResource> {
  return {
    id: alert.id,
    service: alert.service,
    severity: alert.severity,
    message: alert.message,
    source: alert.source,
    labels: { ...alert.labels },
    dedup_key: alert.dedupKey,
    action: alert.action,
    timestamp: formatInstant(alert.timestamp),
    received_at: formatInstant(alert.receivedAt),
    incident_id: alert.incidentId,
    outcome: alert.outcome,
    routing_rules: [...(alert.route?.rules ?? [])],
    suppressed_by: alert.suppressedBy ? { ...alert.suppressedBy } : null,
    released_as: alert.releasedAs ?? null,
  };
}
