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

/** Leads from a message at its service to the incident. */
interface ChatThread {
  readonly channel: string;
  readonly reference: string;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export const chatThreadEntity = entity<ChatThread>({
  name: "chat thread",
  schema: z.object({
    channel: z.string(),
    reference: z.string(),
    incidentId: z.string(),
    startedAt: z.number(),
  }),
  key: keys.chatThread,
});

const keptDays = 90;

/** Costs one read and one write unit per announcement, and two other writes for the first of an incident. */
export function chatMessageStore(table: Table): ChatMessageStore {
  const kept = keptFor(keptDays, chatMessageEntity, ({ startedAt }) => startedAt);
  const messages = entityStore(table, kept, {
    label: ({ incidentId }) => `The chat message of ${incidentId}`,
  });
  const threads = keptFor(keptDays, chatThreadEntity, ({ startedAt }) => startedAt);
  return {
    find: (id) => messages.find(keys.chatMessage(id)),
    async save(message, known) {
      const { channel, reference, incidentId, startedAt } = message;
      // A crash before the message is saved leaves a thread that leads to its incident.
      if (reference !== null && reference !== known?.reference)
        await table.put({ item: threads.toItem({ channel, reference, incidentId, startedAt }) });
      return messages.replace(known, message);
    },
    async incidentOf(message) {
      const item = await table.get(keys.chatThread(message));
      return item && threads.parse(item).incidentId;
    },
  };
}
