import { DomainError } from "../domain/errors.ts";
import { escapeEntity } from "../domain/notifications/escape-entity.ts";
import type { HttpRequest, HttpResponse } from "../outbound/http.ts";
import type { ReplyInSlack } from "../use-cases/ports/notifications.ts";
import type { Log } from "../use-cases/ports/system.ts";

/**
 * Posts the result of a button press to Slack. Failures are only logged, because the action itself is done.
 *
 * @param anyHost allows any host, for local Slack substitutes
 */
export function slackReply(deps: {
  readonly post: (request: HttpRequest) => Promise<Pick<HttpResponse, "status">>;
  readonly anyHost: boolean;
  readonly log: Log;
}): ReplyInSlack {
  const { post, anyHost, log } = deps;
  return async (responseUrl, { text, toChannel }) => {
    // The URL is a secret: anyone who has it can post to the channel.
    if (!anyHost && !isSlacks(responseUrl)) return log.warn("a reply to Slack would not go to Slack");
    const reply = {
      replace_original: false,
      response_type: toChannel ? "in_channel" : "ephemeral",
      text: escapeForSlack(text),
    };
    try {
      const headers = { "content-type": "application/json; charset=utf-8" };
      const { status } = await post({ url: responseUrl, headers, body: JSON.stringify(reply) });
      if (status >= 300) log.warn("Slack did not accept a reply", { status });
    } catch (error) {
      log.warn("a reply did not reach Slack", {
        reason: error instanceof DomainError ? error.message : "unknown",
      });
    }
  };
}

function isSlacks(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  return origin === "https://hooks.slack.com" && username === "" && password === "";
}

/** Escapes characters that would create mentions or links. */
export function escapeForSlack(text: string): string {
  return Array.from(text, escapeEntity).join("");
}
