import * as z from "zod";
import { chatActions } from "../../domain/incidents/incident-action.ts";
import { limits } from "../../domain/limits.ts";
import { id } from "../fields.ts";

const pressed = z.object({
  user_id: z.string().min(1).max(64),
  user_name: z.string().optional(),
  trigger_id: z.string().min(1).max(limits.idempotencyKeyLength).optional().catch(undefined),
  context: z.object({ token: z.string().max(512) }),
});

/** Reads a pressed button; undefined for anything else. */
export function readMattermostAction(body: unknown) {
  const { data } = pressed.safeParse(body);
  if (!data) return undefined;
  const { user_id: userId, user_name: userName, trigger_id: id, context } = data;
  const actor = (userName || userId).slice(0, limits.personNameLength).toWellFormed();
  return { id, actor, token: context.token };
}

const signed = z
  .string()
  .transform((data) => data.split(" "))
  .pipe(z.tuple([z.enum(chatActions), id]));

/** Reads the action and the incident of a signed button; undefined for an action of another release. */
export function readSignedAction(text: string) {
  const { data } = signed.safeParse(text);
  return data && { action: data[0], incidentId: data[1] };
}
