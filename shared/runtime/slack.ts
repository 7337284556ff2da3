import { lazy } from "../caching/lazy.ts";
import { slackReply } from "../channels/slack-reply.ts";
import { Unauthenticated } from "../http/errors.ts";
import { isSentBySlack } from "../http/slack-signature.ts";
import { createHttp } from "../outbound/http.ts";
import { slackActionConfig } from "./config.ts";
import { changeDeps } from "./deps.ts";
import { loadSecrets } from "./secrets.ts";
import { log } from "./system.ts";

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

export const slackDeps = () => ({ ...changeDeps(), reply: reply() });
