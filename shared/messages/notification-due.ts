import * as z from "zod";
import { messageContextSchema } from "./wire/message-context.ts";

/** notifications: a notification to deliver now. */
export const notificationDue = z.object({
  version: z.literal(1),
  notificationId: z.string(),
  /** Incident that it is about, so that both are read together. */
  incidentId: z.string().optional(),
  /** Attempts before it was given up; only in dead letters. */
  givenUpAfter: z.int().optional(),
  /** Set if the page needs no answer anymore: time of that decision, in epoch milliseconds. */
  withdrawAt: z.int().optional(),
  /** Labels, changes and the next page; at most a few kilobytes. */
  context: messageContextSchema.optional(),
});
