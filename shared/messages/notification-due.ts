import * as z from "zod";

/** notifications: a notification is to be delivered now. */
export const notificationDue = z.object({ version: z.literal(1), notificationId: z.string() });
