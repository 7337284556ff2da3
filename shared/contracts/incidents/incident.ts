import * as z from "zod";
import { describeEvent } from "../../domain/incidents/event-labels.ts";
import {
  type Incident,
  incidentStatuses,
  mttaSeconds,
  mttrSeconds,
} from "../../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../../domain/incidents/incident-event.ts";
import { urgencies } from "../../domain/incidents/urgency-level.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, instantOrNull, linkResource, personResource } from "../fields.ts";
import { presentRecipient } from "../oncall/recipient.ts";

/** A person who was asked to help. */
const responderResource = personResource.extend({
  asked_at: instant,
  answered_at: instant.nullable(),
});

export const incidentResource = z
  .object({
    id: z.string(),
    number: z.number(),
    title: z.string(),
    description: z.string().nullable(),
    service: z.string(),
    team: z.string(),
    severity: z.enum(severities),
    status: z.enum(incidentStatuses),
    assigned_to: personResource.nullable(),
    dedup_key: z.string().nullable(),
    source: z.string(),
    alert_count: z.number(),
    created_at: instant,
    updated_at: instant,
    acknowledged_at: instant.nullable(),
    acknowledged_by: z.string().nullable(),
    resolved_at: instant.nullable(),
    resolved_by: z.string().nullable(),
    mtta_seconds: z.number().nullable(),
    mttr_seconds: z.number().nullable(),
    escalation: z.object({ level: z.number(), pass: z.number(), next_at: instant.nullable() }).nullable(),
    urgency: z.enum(urgencies),
    links: z.array(linkResource),
    responders: z.array(responderResource),
    snoozed_until: instant.nullable(),
    acknowledgement_expires_at: instant.nullable(),
    merged_into: z.string().nullable().meta({ description: "ID of the incident it was merged into." }),
  })
  .meta({ id: "Incident" });

export function presentIncident(incident: Incident): z.input<typeof incidentResource> {
  const { escalation } = incident;
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    description: incident.description,
    service: incident.service,
    team: incident.team,
    severity: incident.severity,
    status: incident.status,
    assigned_to: incident.assignedTo,
    dedup_key: incident.dedupKey,
    source: incident.source,
    alert_count: incident.alertCount,
    created_at: formatInstant(incident.createdAt),
    updated_at: formatInstant(incident.updatedAt),
    acknowledged_at: instantOrNull(incident.acknowledgedAt),
    acknowledged_by: incident.acknowledgedBy,
    resolved_at: instantOrNull(incident.resolvedAt),
    resolved_by: incident.resolvedBy,
    mtta_seconds: mttaSeconds(incident),
    mttr_seconds: mttrSeconds(incident),
    escalation: escalation && {
      level: escalation.level,
      pass: escalation.pass,
      next_at: instantOrNull(escalation.nextAt),
    },
    urgency: incident.urgency ?? "high",
    links: (incident.links ?? []).map((link) => ({ ...link })),
    responders: (incident.responders ?? []).map(({ askedAt, answeredAt, ...person }) => ({
      ...person,
      asked_at: formatInstant(askedAt),
      answered_at: instantOrNull(answeredAt),
    })),
    snoozed_until: instantOrNull(incident.snoozedUntil ?? null),
    acknowledgement_expires_at: instantOrNull(incident.acknowledgementExpiresAt ?? null),
    merged_into: incident.mergedInto ?? null,
  };
}

export const noteResource = z
  .object({ id: z.string(), author: z.string().nullable(), content: z.string(), created_at: instant })
  .meta({ id: "Note" });

export function presentNote({ id, author, content, createdAt }: Note): z.input<typeof noteResource> {
  return { id, author, content, created_at: formatInstant(createdAt) };
}

/** An entry of an incident's timeline. `details` contains the fields of its type. */
export const timelineEntryResource = z
  .object({
    id: z.string(),
    at: instant,
    type: z.string(),
    actor: z.string().nullable(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "TimelineEntry" });

export function presentEvent(event: IncidentEvent): z.input<typeof timelineEntryResource> {
  const { id, at, type, actor, via } = event;
  const details = { ...detailsOf(event), ...(via !== undefined && { via }) };
  return { id, at: formatInstant(at), type, actor, message: describeEvent(event), details };
}

function detailsOf(event: IncidentEvent): Record<string, unknown> {
  switch (event.type) {
    case "opened":
      return { severity: event.severity, source: event.source };
    case "severity_changed":
    case "title_changed":
      return { from: event.from, to: event.to };
    case "assigned":
      return { to: event.to };
    case "acknowledged":
    case "resolved":
      return {};
    case "noted":
      return { note_id: event.noteId };
    case "paging":
      return { ...pagingDetails(event), ...(event.cause && { cause: event.cause }) };
    case "escalated":
      return { ...pagingDetails(event), by_hand: event.manual, reason: event.reason };
    case "escalation_exhausted":
      return { team: event.team };
    case "coverage_gap":
      return {
        team: event.team,
        recipients: event.recipients.map(presentRecipient),
        ...(event.cause && { cause: event.cause }),
      };
    case "snoozed":
      return { until: formatInstant(event.until) };
    case "reopened":
      return { from: event.from, cause: event.cause };
    case "merged":
      return { into: event.into };
    case "merged_from":
      return { from: event.from, alert_count: event.alertCount };
    case "responders_requested":
      return { recipients: event.recipients.map(presentRecipient), message: event.message };
    case "responder_answered":
      return { responder: event.responder };
    case "moved":
      return { from: event.from, to: event.to };
    case "description_changed":
      return {};
    case "labels_changed":
      return { labels: event.labels };
    case "urgency_changed":
      return { from: event.from, to: event.to, cause: event.cause };
  }
}

function pagingDetails({
  team,
  level,
  pass,
  recipients,
  nextAt,
}: IncidentEvent & { type: "paging" | "escalated" }) {
  return { team, level, pass, recipients: recipients.map(presentRecipient), next_at: instantOrNull(nextAt) };
}
