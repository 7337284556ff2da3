import * as z from "zod";
import type { ChatMessage } from "../../domain/notifications/chat-message.ts";
import type { ChatMessageStore } from "../../use-cases/ports/notifications.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import { keptFor } from "../retention.ts";
import type { Table } from "../table.ts";

export const chatMessageEntity = entity<ChatMessage>({
  name: "chat message",
  schema: z.object({
    incidentId: z.string(),
    channel: z.string(),
    address: z.string(),
    reference: z.string().nullable(),
    startedAt: z.number(),
    shownId: z.string(),
    shownAt: z.number(),
    version: z.number(),
  }),
  key: keys.chatMessage,
});

const keptDays = 90;

/** Costs one read and one write unit per announcement, and another write for the first of an incident. */
export function chatMessageStore(table: Table): ChatMessageStore {
  const kept = keptFor(keptDays, chatMessageEntity, ({ startedAt }) => startedAt);
  const messages = entityStore(table, kept, {
    label: ({ incidentId }) => `The chat message of ${incidentId}`,
  });
  return {
    find: (id) => messages.find(keys.chatMessage(id)),
    save: (message, known) => messages.replace(known, message),
  };
}
