import * as z from "zod";
import { type ContactMethod, channels } from "../../domain/notifications/notification.ts";

export const contactMethodSchema = z.object({
  id: z.string(),
  channel: z.enum(channels),
  address: z.string(),
}) satisfies z.ZodType<ContactMethod>;
