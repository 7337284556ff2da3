import * as z from "zod";
import type { MessageContext } from "../../domain/notifications/message-context.ts";

export const messageLabelsSchema = z.array(z.object({ name: z.string(), value: z.string() })).readonly();

export const messageContextSchema = z.object({
  labels: messageLabelsSchema,
  changes: z.array(z.object({ summary: z.string(), at: z.number(), href: z.string().nullable() })).readonly(),
  next: z.object({ at: z.number(), names: z.array(z.string()).readonly() }).nullable(),
}) satisfies z.ZodType<MessageContext>;
