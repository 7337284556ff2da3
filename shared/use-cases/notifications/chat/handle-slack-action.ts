import type { ReplyInSlack } from "../../ports/notifications.ts";
import { type PressedButton, type RespondInChatDeps, respondInChat } from "./respond-in-chat.ts";

/** A pressed button in a Slack message. */
interface SlackAction extends Omit<PressedButton, "via"> {
  /** URL for the reply; null if there is none. */
  readonly responseUrl: string | null;
}

/**
 * Executes a Slack button's action and posts the result.
 *
 * @throws Unavailable if too many events of the incident are pending
 */
export async function handleSlackAction(
  deps: RespondInChatDeps & { readonly reply: ReplyInSlack },
  { responseUrl, ...pressed }: SlackAction,
  now: number,
): Promise<void> {
  const reply = await respondInChat(deps, { ...pressed, via: "Slack" }, now);
  if (responseUrl !== null) await deps.reply(responseUrl, reply);
}
