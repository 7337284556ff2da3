import * as z from "zod";
import { namesOf } from "../../domain/incidents/event-labels.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { incidentIdOrNumber, instant, instantOrNull, teamName, text } from "../fields.ts";
import { presentRecipient, recipientResource } from "./recipient.ts";

export const escalationInput = z.strictObject({
  team: teamName,
  incident_id: incidentIdOrNumber.meta({ description: "ID or number of the incident." }),
  reason: text(0, limits.noteLength).nullable().default(null),
  actor: text(1, limits.personNameLength).nullable().default(null),
});

const reached = z.object({ name: z.string().nullable(), email: z.string() });

export const escalationReceipt = z.object({
  status: z.literal("escalated"),
  escalation_id: z.string(),
  team: z.string(),
  incident_id: z.string(),
  escalated_to: reached.meta({ description: "First recipient." }),
  recipients: z.array(reached),
  level: z.number(),
  message: z.string(),
  timestamp: instant,
});

type Escalated = IncidentEvent & { type: "escalated" };

export function presentReceipt(event: Escalated): z.input<typeof escalationReceipt> {
  const recipients = event.recipients.map(({ name, email }) => ({ name, email }));
  const [first = { name: null, email: "" }] = recipients;
  return {
    status: "escalated",
    escalation_id: event.id,
    team: event.team,
    incident_id: event.incidentId,
    escalated_to: first,
    recipients,
    level: event.level,
    message: `Escalated to ${namesOf(recipients)}`,
    timestamp: formatInstant(event.at),
  };
}

/** An escalation, automatic or manual. */
export const escalationResource = z
  .object({
    id: z.string(),
    team: z.string(),
    incident_id: z.string(),
    level: z.number(),
    pass: z.number(),
    recipients: z.array(recipientResource),
    by_hand: z.boolean(),
    actor: z.string().nullable(),
    reason: z.string().nullable(),
    next_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: "Escalation" });

export function presentEscalations(events: readonly IncidentEvent[]): z.input<typeof escalationResource>[] {
  return events.flatMap((event) => (event.type === "escalated" ? presentEscalation(event) : []));
}

function presentEscalation(event: Escalated): z.input<typeof escalationResource> {
  return {
    id: event.id,
    team: event.team,
    incident_id: event.incidentId,
    level: event.level,
    pass: event.pass,
    recipients: event.recipients.map(presentRecipient),
    by_hand: event.manual,
    actor: event.actor,
    reason: event.reason,
    next_at: instantOrNull(event.nextAt),
    created_at: formatInstant(event.at),
  };
}
