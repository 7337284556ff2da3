import { lazy } from "../../caching/lazy.ts";
import { escapeForSlack, slackReply } from "../../channels/slack-reply.ts";
import type { readSlackCommand } from "../../contracts/notifications/slack-command.ts";
import { Unauthenticated } from "../../http/errors.ts";
import { handleOnce } from "../../http/idempotency.ts";
import { isSentBySlack } from "../../http/slack-signature.ts";
import { createHttp } from "../../outbound/http.ts";
import { idempotencyStore } from "../../storage/idempotency-store.ts";
import { withActor } from "../../telemetry/context.ts";
import { runSlackCommand } from "../../use-cases/notifications/chat/run-slack-command.ts";
import { slackActionConfig } from "../config.ts";
import { changeDeps, createIncidentDeps, replyDeps, ruleDeps } from "../deps.ts";
import { loadSecrets } from "../secrets.ts";
import { log, ulid } from "../system.ts";
import { table } from "../table.ts";

/** Slack waits three seconds for a response. */
const replyTimeoutMs = 1_500;

/**
 * Admits a request that Slack has signed.
 *
 * @throws Unauthenticated
 */
export async function admitSlack(headers: Headers, body: string, now: number): Promise<void> {
  await loadSecrets(["SLACK_SIGNING_SECRET"]);
  const { SLACK_SIGNING_SECRET: secrets } = slackActionConfig();
  if (!isSentBySlack(headers, body, secrets, now))
    throw new Unauthenticated("The Slack signature is missing, invalid or older than five minutes");
}

const reply = lazy(() => {
  const local = slackActionConfig().STAGE === "local";
  const { post } = createHttp({ allowPrivate: local, allowedNetworks: [], timeoutMs: replyTimeoutMs });
  return slackReply({ post, anyHost: local, log: log() });
});

/**
 * Runs a slash command once.
 *
 * @returns the answer in Slack's markup, which only its sender sees
 */
export async function answerCommand(
  command: NonNullable<ReturnType<typeof readSlackCommand>>,
  now: number,
): Promise<string> {
  const once = { owner: "slack", key: command.id, body: JSON.stringify(command), now, seed: ulid(now) };
  const { body } = await handleOnce(idempotencyStore(table()), once, async (startedAt, seeded) => {
    const deps = {
      ...createIncidentDeps(),
      ...replyDeps(),
      ...ruleDeps(),
      ulid: seeded,
    };
    const run = async () => escapeForSlack(await runSlackCommand(deps, command, startedAt));
    const actor = {
      actor: command.actor,
      actorKind: "chat",
      method: "POST",
      path: "/slack/actions",
    } as const;
    return { status: 200, body: await withActor(actor, run), location: null };
  });
  return body;
}

export const slackDeps = () => ({ ...changeDeps(), reply: reply() });
