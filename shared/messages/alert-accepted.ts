import * as z from "zod";
import { type Alert, alertActions } from "../domain/alert.ts";
import { severities } from "../domain/severity.ts";

export const alertSchema = z.object({
  id: z.string(),
  service: z.string(),
  severity: z.enum(severities),
  message: z.string(),
  source: z.string(),
  labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  dedupKey: z.string().nullable(),
  action: z.enum(alertActions),
  timestamp: z.number(),
  receivedAt: z.number(),
}) satisfies z.ZodType<Alert>;

/** alerts.fifo: an alert that was accepted and is to be correlated. */
export const alertAccepted = z.object({ version: z.literal(1), alert: alertSchema });
