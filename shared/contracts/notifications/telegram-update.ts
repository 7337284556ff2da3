import * as z from "zod";
import { chatActions } from "../../domain/incidents/incident-action.ts";
import { id } from "../fields.ts";

const textLength = 4_096;

/** IDs have up to 52 bits. */
const numericId = z.int().transform(String);
const chat = z.object({ id: numericId, type: z.string() });
const from = z.object({ id: numericId });

const message = z.object({
  update_id: numericId,
  message: z.object({ from, chat, text: z.string().max(textLength) }),
});

const button = z.object({
  update_id: numericId,
  callback_query: z.object({
    id: z.string().max(64),
    from,
    data: z
      .string()
      .transform((data) => data.split(" "))
      .pipe(z.tuple([z.enum(chatActions), id])),
  }),
});

/** Text in a chat with the bot, or a button that was pressed below one of its messages. */
export type TelegramUpdate = { readonly id: string; readonly sender: string } & (
  | {
      readonly kind: "text";
      readonly chat: string;
      /** True if no one else reads the chat. */
      readonly isPrivate: boolean;
      readonly text: string;
    }
  | {
      readonly kind: "button";
      readonly queryId: string;
      readonly action: (typeof chatActions)[number];
      readonly incidentId: string;
    }
);

/** Reads an update; undefined for one of another kind. */
export function readTelegramUpdate(body: unknown): TelegramUpdate | undefined {
  const text = message.safeParse(body).data;
  if (text) {
    const { from, chat, text: said } = text.message;
    const isPrivate = chat.type === "private";
    return { id: text.update_id, kind: "text", sender: from.id, chat: chat.id, isPrivate, text: said };
  }
  const pressed = button.safeParse(body).data;
  if (!pressed) return undefined;
  const { id, from: by, data } = pressed.callback_query;
  const [action, incidentId] = data;
  return { id: pressed.update_id, kind: "button", sender: by.id, queryId: id, action, incidentId };
}
