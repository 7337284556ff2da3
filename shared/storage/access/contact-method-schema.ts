import * as z from "zod";
import type { ContactMethod } from "../../domain/notifications/notification.ts";

export const contactMethodSchema = z.object({
  id: z.string(),
  channel: z.string(),
  address: z.string(),
}) satisfies z.ZodType<ContactMethod>;
