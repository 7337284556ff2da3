import * as z from "zod";
import { type IncidentEvent, reopenCauses, urgencyCauses } from "../domain/incidents/incident-event.ts";
import { urgencies } from "../domain/incidents/urgency-level.ts";
import { severities } from "../domain/severity.ts";
import { messageLabelsSchema } from "./wire/message-context.ts";
import { recipientSchema } from "./wire/recipient.ts";
import { storedAs } from "./wire/stored-as.ts";

export const personSchema = z.object({ name: z.string(), email: z.string() });

const event = {
  id: z.string(),
  incidentId: z.string(),
  at: z.number(),
  actor: z.string().nullable(),
  via: z.string().exactOptional(),
};

const recipients = z.array(recipientSchema);

const lowUrgency = z.literal("low").exactOptional();

const paging = {
  team: z.string(),
  level: z.number(),
  pass: z.number(),
  firstPass: z.number().exactOptional(),
  recipients,
  nextAt: z.number().nullable(),
  next: z.array(z.string()).exactOptional(),
  urgency: lowUrgency,
};

const roundCause = { cause: z.enum(reopenCauses).exactOptional() };

const reference = z.object({ id: z.string(), number: z.number() });

const owner = z.object({ service: z.string(), team: z.string() });

const eventSchema = z.discriminatedUnion("type", [
  z.object({ ...event, type: z.literal("opened"), severity: z.enum(severities), source: z.string() }),
  z.object({
    ...event,
    type: z.literal("severity_changed"),
    from: z.enum(severities),
    to: z.enum(severities),
  }),
  z.object({ ...event, type: z.literal("title_changed"), from: z.string(), to: z.string() }),
  z.object({ ...event, type: z.literal("assigned"), to: personSchema.nullable() }),
  z.object({ ...event, type: z.literal("acknowledged") }),
  z.object({ ...event, type: z.literal("resolved") }),
  z.object({ ...event, type: z.literal("noted"), noteId: z.string() }),
  z.object({ ...event, ...paging, ...roundCause, type: z.literal("paging") }),
  z.object({
    ...event,
    ...paging,
    type: z.literal("escalated"),
    manual: z.boolean(),
    reason: z.string().nullable(),
  }),
  z.object({ ...event, type: z.literal("escalation_exhausted"), team: z.string() }),
  z.object({
    ...event,
    type: z.literal("coverage_gap"),
    team: z.string(),
    recipients,
    urgency: lowUrgency,
    pass: z.number().exactOptional(),
    ...roundCause,
  }),
  z.object({ ...event, type: z.literal("snoozed"), until: z.number() }),
  z.object({
    ...event,
    type: z.literal("reopened"),
    from: z.enum(["acknowledged", "resolved"]),
    cause: z.enum(reopenCauses),
  }),
  z.object({ ...event, type: z.literal("merged"), into: reference }),
  z.object({ ...event, type: z.literal("merged_from"), from: reference, alertCount: z.number() }),
  z.object({
    ...event,
    type: z.literal("responders_requested"),
    recipients,
    message: z.string().nullable(),
  }),
  z.object({ ...event, type: z.literal("responder_answered"), responder: personSchema }),
  z.object({ ...event, type: z.literal("moved"), from: owner, to: owner }),
  z.object({ ...event, type: z.literal("description_changed") }),
  z.object({
    ...event,
    type: z.literal("labels_changed"),
    labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  z.object({
    ...event,
    type: z.literal("urgency_changed"),
    from: z.enum(urgencies),
    to: z.enum(urgencies),
    cause: z.enum(urgencyCauses),
  }),
]) satisfies z.ZodType<IncidentEvent>;

export const incidentEventSchema = storedAs(eventSchema, { byHand: "manual" });

/** incident-events.fifo: an event of an incident. */
export const incidentChanged = z.object({
  version: z.literal(1),
  event: incidentEventSchema,
  /** Labels of the alert that opened the incident, which may not be recorded yet. Absent if they are to be read. */
  labels: messageLabelsSchema.exactOptional(),
});
