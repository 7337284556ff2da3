import type { ChatAction } from "../../../domain/incidents/incident-action.ts";
import { findLinkedUser, type LinkAccountDeps, linkAccount } from "../../access/accounts/link-account.ts";
import { type RunCommandDeps, runCommand } from "../run-command.ts";

type TelegramDeps = RunCommandDeps &
  LinkAccountDeps & {
    /** User name of the bot; empty if it is not known. */
    readonly botName: string;
  };

/** A text or a pressed button, with the ID of the update and the account that it comes from. */
type Update = { readonly id: string; readonly sender: string } & (
  | { readonly kind: "text"; readonly isPrivate: boolean; readonly text: string }
  | { readonly kind: "button"; readonly action: ChatAction; readonly incidentId: string }
);

const unlinked = "Link your Telegram account on your profile page first.";

/**
 * Executes what a linked account asks for. Other accounts get an answer only to a valid code, and to a button: who
 * presses one has the message.
 *
 * @returns the answer; null for none
 */
export async function handleTelegramUpdate(
  deps: TelegramDeps,
  update: Update,
  now: number,
): Promise<string | null> {
  if (update.kind === "text" && isForAnotherBot(update.text, deps.botName)) return null;
  const id = { service: "telegram", account: update.sender } as const;
  const [, code] = update.kind === "text" && update.isPrivate ? (startCommand.exec(update.text) ?? []) : [];
  if (code !== undefined) {
    const user = await linkAccount(deps, id, code, now);
    return user ? `Linked to ${user.name}. Incidents can reach you here now.` : null;
  }
  const user = await findLinkedUser(deps, id);
  if (!user) return update.kind === "button" ? unlinked : null;
  const { sender: address, id: messageId } = update;
  const reply = { person: user.email, channel: "telegram", address, messageId };
  if (update.kind === "button") {
    const { action, incidentId } = update;
    return runCommand(deps, { ...reply, text: action, incidentId }, now);
  }
  // People in a group talk to each other.
  if (!update.isPrivate && !update.text.startsWith("/")) return null;
  return runCommand(deps, { ...reply, text: update.text === "/start" ? "help" : update.text }, now);
}

/** Returns true for a command such as `/ack@other_bot 12`, which groups with several bots have. */
function isForAnotherBot(text: string, botName: string): boolean {
  const [, name] = /^\/\w+@(\w+)/.exec(text) ?? [];
  return name !== undefined && botName !== "" && name.toLowerCase() !== botName.toLowerCase();
}

/** `/start CODE`, which Telegram also sends for a link `t.me/bot?start=CODE`. */
const startCommand = /^\/start(?:@\w+)?\s+([\w-]{1,64})$/;
