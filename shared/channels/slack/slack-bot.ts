/**
 * Slack through a bot. Announcements of an incident share one message per
 * chat: the first posts it, later ones update it and reply in its thread.
 */

import { DomainError, ignoreStale, StaleVersion } from "../../domain/errors.ts";
import type { ChatMessage } from "../../domain/notifications/chat-message.ts";
import {
  claimMs,
  PermanentFailure,
  type Receipt,
  TemporaryFailure,
} from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { isUserGroup } from "../../domain/notifications/user-group.ts";
import { clip } from "../../domain/text/clip.ts";
import type { ChatMessageStore } from "../../use-cases/ports/notifications.ts";
import type { Channel, ChannelContext } from "../channel-type.ts";
import { escapeForSlack } from "../slack-reply.ts";
import { askSlack, type SlackApi } from "./slack-api.ts";
import { setMembers } from "./user-group.ts";

export interface SlackBot extends SlackApi, Pick<ChannelContext, "onCallEmails"> {
  readonly messages: ChatMessageStore;
  readonly payloadOf: (message: OutgoingMessage) => {
    readonly text: string;
    readonly blocks: readonly object[];
  };
}

/** The events of a message's and a reply's metadata, by which they are found after a crash. */
const eventType = "incident";
const replyType = "incident_event";

const noteLength = 3_000;
/** Announcements that the whole chat should see, not only the thread. */
const broadcast: ReadonlySet<unknown> = new Set(["escalated", "reopened"]);

export function slackBot(bot: SlackBot): Channel {
  return {
    deliver: async (message) => {
      const { kind, incidentId } = message.notification;
      if (isUserGroup(message.notification)) {
        if (kind === "handoff") return setMembers(bot, message);
        throw new PermanentFailure("a user group takes no messages: its members follow the schedule");
      }
      return kind === "announcement" && incidentId !== null
        ? announce(bot, message, incidentId)
        : (await post(bot, message)).receipt;
    },
  };
}

/**
 * Updates the incident's message, or posts it. It is recorded before and after the post, so that a delivery that follows
 * a crash looks for the message first.
 */
async function announce(bot: SlackBot, message: OutgoingMessage, incidentId: string): Promise<Receipt> {
  const { address, createdAt: shownAt, id: shownId } = message.notification;
  const id = { incidentId, channel: "slack", address };
  const known = await bot.messages.find(id);
  if (known === undefined || known.reference === null) {
    if (known && known.startedAt + claimMs > message.at)
      throw new TemporaryFailure("the incident's first message is being posted");
    const start = { ...id, reference: null, startedAt: message.at, shownId, shownAt, version: 0 };
    const begun = await save(bot, start, known);
    const found = known && (await findPosted(bot, message, known.startedAt));
    if (found === undefined) return postFirst(bot, message, begun);
    return update(bot, message, await save(bot, { ...begun, reference: found }, begun));
  }
  return update(bot, message, known);
}

async function postFirst(bot: SlackBot, message: OutgoingMessage, begun: ChatMessage): Promise<Receipt> {
  try {
    const { receipt, reference } = await post(bot, message);
    await save(bot, { ...begun, reference }, begun);
    return receipt;
  } catch (error) {
    // Slack has answered that it did not take the message, so the next delivery need not wait.
    if (error instanceof PermanentFailure || (error instanceof TemporaryFailure && isAnswer(error)))
      await save(bot, { ...begun, startedAt: message.at - claimMs }, begun);
    throw error;
  }
}

/** Shows the newest announcement in the message, and all later ones in its thread. A note changes the thread only. */
async function update(bot: SlackBot, message: OutgoingMessage, known: ChatMessage): Promise<Receipt> {
  const { id: shownId, createdAt, metadata } = message.notification;
  if (metadata.thread === known.reference) return { detail: "written in this thread" };
  const [channel, ts] = (known.reference ?? "").split(":");
  if (metadata.event === "noted")
    return reply(bot, message, {
      channel,
      ts,
      text: escapeForSlack(clip(message.notification.message, noteLength)),
    });
  const payload = payloadOf(bot, message);
  const isNewest = createdAt >= known.shownAt;
  const shown = isNewest ? { ...known, shownId, shownAt: createdAt } : known;
  const updated = isNewest ? await edit(bot, message, { channel, ts, ...payload }) : null;
  if (updated === "gone") {
    const { receipt, reference } = await post(bot, message);
    await save(bot, { ...shown, reference }, known);
    return receipt;
  }
  // Repeated after a crash.
  if (updated !== null && known.shownId === shownId) return updated;
  const receipt = await reply(bot, message, { channel, ts, text: payload.text });
  // If another announcement was faster, its state stays.
  if (isNewest) await bot.messages.save(shown, known).catch(ignoreStale);
  return receipt;
}

interface ThreadReply {
  readonly channel: string | undefined;
  /** Time of the message that the thread belongs to. */
  readonly ts: string | undefined;
  readonly text: string;
}

/** Posts to a thread. An attempt after another, whose process may have died, looks for its message first. */
async function reply(bot: SlackBot, message: OutgoingMessage, thread: ThreadReply): Promise<Receipt> {
  const { id, attempts, metadata } = message.notification;
  const { channel, ts, text } = thread;
  const posted = attempts.length > 0 && (await findReply(bot, message, thread));
  if (posted) return { detail: `message ${posted}, of an earlier attempt` };
  const { detail } = await askSlack(bot, message, "chat.postMessage", {
    channel,
    thread_ts: ts,
    text,
    unfurl_links: false,
    metadata: { event_type: replyType, event_payload: { notification_id: id } },
    ...(broadcast.has(metadata.event) && { reply_broadcast: true }),
  });
  return { detail };
}

/** Replies of a thread that are searched: those after the announcement's event. */
const searchedReplies = 50;

/** Returns the time of this announcement's message in a thread; undefined if Slack does not have it, or cannot tell. */
async function findReply(
  bot: SlackBot,
  message: OutgoingMessage,
  { channel, ts }: ThreadReply,
): Promise<string | undefined> {
  const { id, createdAt } = message.notification;
  const oldest = String(createdAt / 1_000 - 1);
  const query = { channel, ts, oldest, limit: searchedReplies, include_all_metadata: true };
  try {
    const { answer } = await askSlack(bot, message, "conversations.replies", query);
    return answer.messages?.find(({ metadata }) => metadata?.event_payload.notification_id === id)?.ts;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** Updates a message, unless someone has deleted it. If it can no longer be edited, the thread shows the update. */
async function edit(
  bot: SlackBot,
  message: OutgoingMessage,
  body: Readonly<Record<string, unknown>>,
): Promise<Receipt | "gone" | null> {
  try {
    const { detail } = await askSlack(bot, message, "chat.update", body);
    return { detail };
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return /\b(message|channel)_not_found\b/.test(error.message) ? "gone" : null;
  }
}

async function post(
  bot: SlackBot,
  message: OutgoingMessage,
): Promise<{ readonly receipt: Receipt; readonly reference: string | null }> {
  const { address } = message.notification;
  const { detail, answer } = await askSlack(bot, message, "chat.postMessage", {
    channel: address,
    ...payloadOf(bot, message),
  });
  const { channel, ts } = answer;
  return { receipt: { detail }, reference: channel && ts ? `${channel}:${ts}` : null };
}

function payloadOf({ payloadOf }: SlackBot, message: OutgoingMessage) {
  const { incidentId } = message.notification;
  const metadata = { event_type: eventType, event_payload: { incident_id: incidentId } };
  return { ...payloadOf(message), unfurl_links: false, ...(incidentId !== null && { metadata }) };
}

/** Messages after the start of a post that crashed. */
const searched = 10;

/** Looks for the message of a post whose result was lost; undefined if Slack does not have it, or cannot tell. */
async function findPosted(
  bot: SlackBot,
  message: OutgoingMessage,
  since: number,
): Promise<string | undefined> {
  const { address, incidentId } = message.notification;
  // The API lists the messages of a channel by its ID only.
  if (!/^[CGD][A-Z0-9]{6,}$/.test(address)) return undefined;
  const oldest = String(since / 1_000 - 1);
  try {
    const query = { channel: address, oldest, limit: searched, include_all_metadata: true };
    const { answer } = await askSlack(bot, message, "conversations.history", query);
    const mine = answer.messages?.find(({ metadata }) => metadata?.event_payload.incident_id === incidentId);
    return mine && `${address}:${mine.ts}`;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** Returns true for a failure with a status, as opposed to one without a response. */
function isAnswer({ message }: TemporaryFailure): boolean {
  return /^\d{3}\b/.test(message);
}

/** @throws TemporaryFailure if another delivery has changed it */
async function save(
  { messages }: SlackBot,
  next: ChatMessage,
  known: ChatMessage | undefined,
): Promise<ChatMessage> {
  try {
    return await messages.save(next, known);
  } catch (error) {
    if (error instanceof StaleVersion)
      throw new TemporaryFailure("another announcement of the incident is being posted");
    throw error;
  }
}
