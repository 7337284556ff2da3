import * as z from "zod";
import { lazy } from "../../caching/lazy.ts";
import { ttlCache } from "../../caching/ttl-cache.ts";
import { slackBotFields } from "../../channels/slack/slack-api.ts";
import { type SlackPerson, slackPeople } from "../../channels/slack/slack-people.ts";
import { escapeForSlack, slackReply } from "../../channels/slack-reply.ts";
import type { readSlackAction } from "../../contracts/notifications/slack/slack-action.ts";
import type { readSlackCommand } from "../../contracts/notifications/slack/slack-command.ts";
import type { SlackEvent } from "../../contracts/notifications/slack/slack-event.ts";
import { isFromMember } from "../../contracts/notifications/slack/workspace.ts";
import { limits } from "../../domain/limits.ts";
import { minuteMs } from "../../domain/time-units.ts";
import { Unauthenticated } from "../../http/errors.ts";
import { handleOnce } from "../../http/idempotency.ts";
import { isSentBySlack } from "../../http/slack/slack-signature.ts";
import { createHttp } from "../../outbound/http.ts";
import { idempotencyStore } from "../../storage/idempotency-store.ts";
import { addThreadNote } from "../../use-cases/notifications/chat/add-thread-note.ts";
import { handleSlackAction } from "../../use-cases/notifications/chat/handle-slack-action.ts";
import { runSlackCommand } from "../../use-cases/notifications/chat/run-slack-command.ts";
import { answerAs, commandDeps } from "../access/answers.ts";
import { section, slackActionConfig } from "../config.ts";
import { changeDeps, createIncidentDeps } from "../deps.ts";
import { ruleDeps } from "../later/deps.ts";
import { chatMessages } from "../later/stores.ts";
import { loadSecrets } from "../secrets.ts";
import { clock, log, ulid } from "../system.ts";
import { table } from "../table.ts";

/** The bot, which asks Slack who someone is. */
const slackBotConfig = section(() => z.object(slackBotFields()));

/** Slack waits three seconds for a response. These are for who someone is, and for a reply. */
const lookUpTimeoutMs = 800;
const replyTimeoutMs = 1_200;

/** Time for which Slack's answer about a member is used. */
const knownMs = minuteMs;

/**
 * Admits a request that Slack has signed.
 *
 * @throws Unauthenticated
 */
export async function admitSlack(headers: Headers, body: string, now: number): Promise<void> {
  await loadSecrets(["SLACK_SIGNING_SECRET"]);
  if (!isSentBySlack(headers, body, slackActionConfig().SLACK_SIGNING_SECRET, now))
    throw new Unauthenticated("The Slack signature is missing, invalid or older than five minutes");
}

/** Returns true if a member of the workspace caused the request, as opposed to someone in a shared channel. */
export function isOfMember(body: string): boolean {
  return isFromMember(body, slackActionConfig().SLACK_TEAM_ID);
}

/** Answer to people of other workspaces, which only they see. */
export const membersOnly = "Only members of the workspace that installed this app can use it.";

/** Informs someone of another workspace that their button has no effect. */
export async function answerStranger({
  responseUrl,
}: NonNullable<ReturnType<typeof readSlackAction>>): Promise<void> {
  if (responseUrl !== null) await reply()(responseUrl, { text: membersOnly, toChannel: false });
}

function postWithin(timeoutMs: number) {
  const local = slackActionConfig().STAGE === "local";
  return createHttp({ allowPrivate: local, allowedNetworks: [], timeoutMs, responseBytes: 64 * 1024 }).post;
}

const reply = lazy(() => {
  const anyHost = slackActionConfig().STAGE === "local";
  return slackReply({ post: postWithin(replyTimeoutMs), anyHost, log: log() });
});

/** Members of the workspace by their IDs. */
const people = lazy(() => {
  const { SLACK_BASE_URL: baseUrl, SLACK_BOT_TOKEN: token } = slackBotConfig();
  if (token === "") return async (): Promise<SlackPerson> => ({});
  const find = slackPeople({ post: postWithin(lookUpTimeoutMs), baseUrl, token, log: log() });
  return ttlCache(knownMs, clock, find);
});

/**
 * Returns the email of a member, who may be on a schedule without being a user of the platform. Otherwise returns their name
 * in Slack, or the ID.
 */
async function findSlackActor({ id, name }: { readonly id: string; readonly name?: string }) {
  await loadSecrets(["SLACK_BOT_TOKEN"]);
  // Someone whom Slack cannot look up now acts under their Slack name.
  const person = await people()(id).catch((): SlackPerson => ({}));
  if (person.email !== undefined) return { actor: person.email, isUnknown: false };
  const ownName = name ?? person.name?.slice(0, limits.personNameLength).toWellFormed() ?? id;
  return { actor: ownName, isUnknown: true };
}

/**
 * Runs a slash command once.
 *
 * @returns the answer in Slack's markup, which only its sender sees
 */
export async function answerCommand(
  { user, ...command }: NonNullable<ReturnType<typeof readSlackCommand>>,
  now: number,
): Promise<string> {
  const once = {
    owner: "slack",
    key: command.id,
    body: JSON.stringify({ ...command, user: user.id }),
    now,
    seed: ulid(now),
  };
  const { body } = await handleOnce(idempotencyStore(table()), once, async (startedAt, seeded) => {
    const deps = {
      ...createIncidentDeps(),
      ...commandDeps(),
      ...ruleDeps(),
      ulid: seeded,
    };
    const answer = await runSlackCommand(deps, { ...command, ...(await findSlackActor(user)) }, startedAt);
    return { status: 200, body: escapeForSlack(answer), location: null };
  });
  return body;
}

/** Executes the action of a button once, and posts the result. */
export async function answerAction(
  { id, user, ...action }: NonNullable<ReturnType<typeof readSlackAction>>,
  now: number,
): Promise<void> {
  const seed = ulid(now);
  const body = JSON.stringify({ ...action, user: user.id });
  const once = { owner: "slack/actions", key: id ?? seed, body, now, seed };
  await handleOnce(idempotencyStore(table()), once, async (startedAt, seeded) => {
    const deps = { ...changeDeps(), answerAs, ulid: seeded, reply: reply() };
    await handleSlackAction(deps, { ...action, ...(await findSlackActor(user)) }, startedAt);
    return { status: 200, body: "", location: null };
  });
}

/** Adds a message in the thread of an incident as a note, once: Slack repeats events. */
export async function takeThreadMessage(
  { id, userId, thread, text }: SlackEvent & { readonly kind: "thread_message" },
  now: number,
): Promise<void> {
  const once = { owner: "slack/events", key: id, body: id, now, seed: id };
  await handleOnce(idempotencyStore(table()), once, async (startedAt, seeded) => {
    const deps = { ...changeDeps(), answerAs, chatMessages: chatMessages(), ulid: seeded };
    const { actor: author, isUnknown } = await findSlackActor({ id: userId });
    await addThreadNote(deps, { channel: "slack", thread, author, isUnknown, text }, startedAt);
    return { status: 200, body: "", location: null };
  });
}
