import * as z from "zod";
import { limits } from "../../../domain/limits.ts";

const textLength = 4_000;

const form = z.object({
  command: z.string().startsWith("/"),
  text: z.string().max(textLength).default(""),
  trigger_id: z.string().min(1).max(255),
  user_id: z.string().min(1),
  user_name: z.string().default(""),
});

/** Reads a slash command from a Slack form; undefined for anything else. */
export function readSlackCommand(body: string) {
  const result = form.safeParse(Object.fromEntries(new URLSearchParams(body)));
  if (!result.success) return undefined;
  const { command, text, trigger_id: id, user_id: userId, user_name: userName } = result.data;
  const user = { id: userId, name: (userName || userId).slice(0, limits.personNameLength).toWellFormed() };
  return { id, command: command.slice(0, limits.personNameLength), text: text.toWellFormed(), user };
}
