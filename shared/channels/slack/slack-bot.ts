/**
 * Slack's Web API with a bot's token (docs.slack.dev/apis/web-api). Announcements of an incident share one message per
 * chat: the first posts it, later ones update it and reply in its thread.
 */
import * as z from "zod";
import { DomainError, StaleVersion } from "../../domain/errors.ts";
import type { ChatMessage } from "../../domain/notifications/chat-message.ts";
import {
  claimMs,
  PermanentFailure,
  type Receipt,
  TemporaryFailure,
} from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http } from "../../outbound/http.ts";
import type { ChatMessageStore } from "../../use-cases/ports/notifications.ts";
import type { Channel } from "../channel-type.ts";
import { callWithJson } from "../provider/provider.ts";
import { permanent, type Success } from "../provider/refusal.ts";

export interface SlackBot {
  readonly http: Http;
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly messages: ChatMessageStore;
  readonly payloadOf: (message: OutgoingMessage) => {
    readonly text: string;
    readonly blocks: readonly object[];
  };
}

/** The event of a message's metadata, by which it is found after a crash. */
const eventType = "incident";
/** Announcements that the whole chat should see, not only the thread. */
const broadcast: ReadonlySet<unknown> = new Set(["escalated", "reopened"]);

export function slackBot(bot: SlackBot): Channel {
  return {
    deliver: async (message) => {
      const { kind, incidentId } = message.notification;
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

/** Shows the newest announcement in the message, and all later ones in its thread. */
async function update(bot: SlackBot, message: OutgoingMessage, known: ChatMessage): Promise<Receipt> {
  const { id: shownId, createdAt, metadata } = message.notification;
  const [channel, ts] = (known.reference ?? "").split(":");
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
  const { detail } = await ask(bot, message, "chat.postMessage", {
    channel,
    thread_ts: ts,
    text: payload.text,
    ...(broadcast.has(metadata.event) && { reply_broadcast: true }),
  });
  // If another announcement was faster, its state stays.
  if (isNewest) await bot.messages.save(shown, known).catch(ignoreStale);
  return { detail };
}

/** Updates a message, unless someone has deleted it. If it can no longer be edited, the thread shows the update. */
async function edit(bot: SlackBot, message: OutgoingMessage, body: object): Promise<Receipt | "gone" | null> {
  try {
    const { detail } = await ask(bot, message, "chat.update", body);
    return { detail };
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return /\b(message|channel)_not_found\b/.test(error.message) ? "gone" : null;
  }
}

function ignoreStale(error: unknown): void {
  if (!(error instanceof StaleVersion)) throw error;
}

async function post(
  bot: SlackBot,
  message: OutgoingMessage,
): Promise<{ readonly receipt: Receipt; readonly reference: string | null }> {
  const { address } = message.notification;
  const { detail, answer } = await ask(bot, message, "chat.postMessage", {
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
    const { answer } = await ask(bot, message, "conversations.history", query);
    const mine = answer.messages?.find(({ metadata }) => metadata?.event_payload.incident_id === incidentId);
    return mine && `${address}:${mine.ts}`;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

const answerSchema = z.object({
  error: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_payload: z.object({ incident_id: z.string().optional().catch(undefined) }) })
          .optional()
          .catch(undefined),
      }),
    )
    .optional(),
});
type Answer = z.output<typeof answerSchema>;

async function ask(
  { http, baseUrl, token }: SlackBot,
  message: OutgoingMessage,
  method: string,
  body: object,
): Promise<{ readonly detail: string; readonly answer: Answer }> {
  let answer: Answer = {};
  const { detail } = await callWithJson({
    http,
    message,
    url: `${baseUrl}/api/${method}`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json; charset=utf-8" },
    body,
    secrets: [token],
    success,
    summary(text) {
      answer = readAnswer(text);
      return answer.error ?? (answer.ts === undefined ? text : `message ${answer.ts}`);
    },
  });
  return { detail, answer };
}

/** Returns no fields for a response that is no JSON. */
function readAnswer(text: string): Answer {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** Errors that a retry may fix. All others need someone to change the app, the chat or the message. */
const temporaryErrors: ReadonlySet<string> = new Set([
  "fatal_error",
  "internal_error",
  "ratelimited",
  "rate_limited",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

const success: Success = {
  texts: [],
  refusalIn: (_, { ok, error }) =>
    ok === false && typeof error === "string" && !temporaryErrors.has(error) ? permanent : null,
};

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
