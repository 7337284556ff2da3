import * as z from "zod";
import type { IncidentEvent } from "../domain/incidents/incident-event.ts";
import { severities } from "../domain/severity.ts";
import { recipientSchema } from "./wire/recipient.ts";
import { storedAs } from "./wire/stored-as.ts";

export const personSchema = z.object({ name: z.string(), email: z.string() });

const event = { id: z.string(), incidentId: z.string(), at: z.number(), actor: z.string().nullable() };

const recipients = z.array(recipientSchema);

const paging = {
  team: z.string(),
  level: z.number(),
  pass: z.number(),
  recipients,
  nextAt: z.number().nullable(),
};

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
  z.object({ ...event, ...paging, type: z.literal("paging") }),
  z.object({
    ...event,
    ...paging,
    type: z.literal("escalated"),
    manual: z.boolean(),
    reason: z.string().nullable(),
  }),
  z.object({ ...event, type: z.literal("escalation_exhausted"), team: z.string() }),
  z.object({ ...event, type: z.literal("coverage_gap"), team: z.string(), recipients }),
]) satisfies z.ZodType<IncidentEvent>;

export const incidentEventSchema = storedAs(eventSchema, { byHand: "manual" });

/** incident-events.fifo: an event of an incident. */
export const incidentChanged = z.object({ version: z.literal(1), event: incidentEventSchema });
