import { DomainError } from "../domain/errors.ts";
import type { HttpAnswer, HttpRequest } from "../outbound/http.ts";
import type { ReplyInSlack } from "../use-cases/ports/notifications.ts";
import type { Log } from "../use-cases/ports/system.ts";

/**
 * Tells what came of a press where it was pressed. That it can't is no reason to fail: what was pressed for is done.
 *
 * @param anyHost on a developer's machine, where something stands in for Slack
 */
export function slackReply(deps: {
  readonly post: (request: HttpRequest) => Promise<Pick<HttpAnswer, "status">>;
  readonly anyHost: boolean;
  readonly log: Log;
}): ReplyInSlack {
  const { post, anyHost, log } = deps;
  return async (responseUrl, { text, toChannel }) => {
    // The URL is a secret: whoever has it can write into the channel.
    if (!anyHost && !isSlacks(responseUrl)) return log.warn("a reply to Slack would not go to Slack");
    const reply = {
      replace_original: false,
      response_type: toChannel ? "in_channel" : "ephemeral",
      text: escaped(text),
    };
    try {
      const headers = { "content-type": "application/json; charset=utf-8" };
      const { status } = await post({ url: responseUrl, headers, body: JSON.stringify(reply) });
      if (status >= 300) log.warn("Slack did not take a reply", { status });
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

/** What Slack would take for a mention or a link stays text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
