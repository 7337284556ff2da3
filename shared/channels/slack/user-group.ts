import { PermanentFailure, type Receipt } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { askSlack, type SlackApi } from "./slack-api.ts";

/**
 * Makes the people on call the members of a user group, so that its mention reaches them. People without an account in
 * the workspace are left out.
 *
 * @throws TemporaryFailure, or PermanentFailure if no one is left: Slack takes no empty group
 */
export async function setMembers(slack: SlackApi, message: OutgoingMessage): Promise<Receipt> {
  const { address: usergroup, metadata } = message.notification;
  const emails = String(metadata.people ?? "").split(",");
  const found = await Promise.all(emails.map((email) => findMember(slack, message, email)));
  const members = found.filter((id) => id !== undefined);
  if (members.length === 0) throw new PermanentFailure("no one on call has an account in this workspace");
  const { detail } = await askSlack(slack, message, "usergroups.users.update", {
    usergroup,
    users: members.join(","),
  });
  const missing = found.length - members.length;
  return {
    detail:
      missing === 0
        ? `${members.length} members`
        : `${members.length} members, ${missing} not found: ${detail}`,
  };
}

async function findMember(
  slack: SlackApi,
  message: OutgoingMessage,
  email: string,
): Promise<string | undefined> {
  try {
    const { answer } = await askSlack(slack, message, "users.lookupByEmail", { email });
    return answer.user?.id;
  } catch (error) {
    if (error instanceof PermanentFailure && /\busers?_not_found\b/.test(error.message)) return undefined;
    throw error;
  }
}
