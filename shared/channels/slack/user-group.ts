import { PermanentFailure, type Receipt, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { count } from "../../domain/text/count.ts";
import type { ChannelContext } from "../channel-type.ts";
import { askSlack, type SlackApi } from "./slack-api.ts";

interface UserGroups extends SlackApi, Pick<ChannelContext, "onCallEmails"> {}

/**
 * Makes the people on call the members of a user group, so that its mention reaches them. They are read when the message is
 * delivered, and again after the change, because messages about several handoffs may be delivered in any order and at once.
 * People without an account in the workspace are left out.
 *
 * @throws TemporaryFailure, or PermanentFailure if no one is left: Slack takes no empty group
 */
export async function setMembers(slack: UserGroups, message: OutgoingMessage): Promise<Receipt> {
  const { address: usergroup, metadata } = message.notification;
  const team = String(metadata.team);
  const emails = await slack.onCallEmails(team);
  if (emails.length === 0) return { detail: "no one is on call, so the members stay" };
  const found = await Promise.all(emails.map((email) => findMember(slack, message, email)));
  const members = found.filter((id) => id !== undefined);
  if (members.length === 0) throw new PermanentFailure("no one on call has an account in this workspace");
  const { detail } = await askSlack(slack, message, "usergroups.users.update", {
    usergroup,
    users: members.join(","),
  });
  if (String(await slack.onCallEmails(team)) !== String(emails))
    throw new TemporaryFailure("the people on call changed in the meantime");
  const missing = found.length - members.length;
  const changed = count(members.length, "member");
  return { detail: missing === 0 ? changed : `${changed}, ${missing} not found: ${detail}` };
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
