import * as z from "zod";
import { type Alert, alertActions } from "../domain/alerts/alert.ts";
import type { AlertRoute } from "../domain/alerts/alert-route.ts";
import type { FollowUp } from "../domain/alerts/follow-up.ts";
import { severities } from "../domain/severity.ts";
import { storedAs } from "./wire/stored-as.ts";
import { urgencySchema } from "./wire/urgency.ts";

const routeSchema = z.object({
  rules: z.array(z.string()).readonly(),
  dropped: z.literal(true).exactOptional(),
  urgency: urgencySchema.exactOptional(),
  group: z.object({ key: z.string(), windowSeconds: z.number() }).exactOptional(),
  inhibitedBy: z.enum(severities).exactOptional(),
  flapping: z.object({ swings: z.number(), windowSeconds: z.number() }).exactOptional(),
  received: z
    .object({
      service: z.string().exactOptional(),
      severity: z.enum(severities).exactOptional(),
      dedupKey: z.string().nullable().exactOptional(),
      team: z.string().nullable().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<AlertRoute>;

const labels = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const alertSchema = z.object({
  id: z.string(),
  service: z.string(),
  severity: z.enum(severities),
  message: z.string(),
  source: z.string(),
  labels,
  dedupKey: z.string().nullable(),
  action: z.enum(alertActions),
  timestamp: z.number(),
  receivedAt: z.number(),
  team: z.string().exactOptional(),
  route: routeSchema.exactOptional(),
  suppressedAs: z.string().exactOptional(),
  startsAt: z.number().optional(),
  endsAt: z.number().optional(),
}) satisfies z.ZodType<Alert>;

/** Stored and sent names of an alert's fields. */
export const alertNames = { heldAs: "suppressedAs" };

const sentAlertSchema = storedAs(alertSchema, alertNames);

const names = z.array(z.string()).readonly();

/** A person, in messages of version 0.2.0. */
const personOfOldMessage = z.object({ email: z.string() }).transform(({ email }) => email);

const followUpSchema = z.object({
  alert: sentAlertSchema,
  actor: z.string().nullable(),
  note: z.string().nullable(),
  severity: z.enum(severities).optional(),
  message: z.string().optional(),
  description: z.string().optional(),
  labels: z
    .object({
      set: labels.optional(),
      removed: names.optional(),
      tags: z.object({ added: names, removed: names }).optional(),
    })
    .optional(),
  assignedTo: z.union([z.string(), personOfOldMessage]).optional(),
  escalate: z.boolean().optional(),
  snoozeUntil: z.number().optional(),
  unacknowledge: z.boolean().optional(),
}) satisfies z.ZodType<FollowUp>;

/** alerts.fifo: an alert to correlate, or a change to the incident of an earlier alert. */
export const alertAccepted = z.union([
  z.object({ version: z.literal(1), alert: sentAlertSchema }),
  z.object({ version: z.literal(1), followUp: followUpSchema }),
]);
