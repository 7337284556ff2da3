import * as z from "zod";

/** notifications: a notification is to be delivered now. */
export const notificationDue = z.object({
  version: z.literal(1),
  notificationId: z.string(),
  /** Attempts that there were when it was given up; only a dead letter has it. */
  givenUpAfter: z.int().optional(),
});
