import { lazy } from "../caching/lazy.ts";
import { type BulkheadOptions, bulkhead } from "../channels/bulkhead.ts";
import { type Chat, chatChannel } from "../channels/chat/chat.ts";
import { consoleChannel } from "../channels/console.ts";
import { discord } from "../channels/discord.ts";
import { emailChannel } from "../channels/email.ts";
import { ntfyChannel } from "../channels/ntfy.ts";
import { slack } from "../channels/slack.ts";
import { smsChannel } from "../channels/sms.ts";
import { teams } from "../channels/teams.ts";
import { webhookChannel } from "../channels/webhook.ts";
import type { ChannelName } from "../domain/notifications/notification.ts";
import { createHttp } from "../outbound/http.ts";
import type { Channel } from "../use-cases/ports/notifications.ts";
import {
  discordConfig,
  emailConfig,
  ntfyConfig,
  outboundConfig,
  slackConfig,
  smsConfig,
  teamsConfig,
  webhookConfig,
} from "./config.ts";
import { loadSecrets } from "./secrets.ts";

/** With a wait for their turn, sends are over within the ten seconds that a channel has. */
const timeoutMs = 7_500;
const bounds: BulkheadOptions = {
  limit: 25,
  patienceMs: 2_000,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

const print = (text: string) => void process.stdout.write(`${text}\n`);
/** Links act: where the console is a log that others read, they are not for it. */
const shown = (standsInFor?: { channel: string; setting: string }): Channel => {
  const console = consoleChannel(print, standsInFor);
  const isPrivate = outboundConfig().STAGE === "local";
  return isPrivate ? console : { deliver: (message) => console.deliver({ ...message, links: null }) };
};
const simulated = (channel: ChannelName, setting: string) => shown({ channel, setting });

const http = lazy(() => {
  const { STAGE, OUTBOUND_ALLOW } = outboundConfig();
  return createHttp({ allowPrivate: STAGE === "local", allowedNetworks: OUTBOUND_ALLOW, timeoutMs });
});

function email(): Channel {
  const { SMTP_URL: url, SMTP_FROM: from } = emailConfig();
  return url === "" ? simulated("email", "SMTP_URL") : emailChannel({ url, from, timeoutMs });
}

function sms(): Channel {
  const { TWILIO_BASE_URL: baseUrl, TWILIO_ACCOUNT_SID: accountSid, ...account } = smsConfig();
  const { TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = account;
  return accountSid === ""
    ? simulated("sms", "TWILIO_ACCOUNT_SID")
    : smsChannel({ http: http(), baseUrl, accountSid, authToken, from });
}

function ntfy(): Channel {
  const { NTFY_URL: server, NTFY_TOKEN: token } = ntfyConfig();
  return ntfyChannel({ http: http(), server, token, simulated: simulated("ntfy", "NTFY_URL") });
}

function chat(channel: ChannelName, setting: string, destinations: Chat["destinations"]): Chat {
  return { http: http(), destinations, simulated: simulated(channel, setting) };
}

/**
 * A channel that reads its own settings when it is first used: one that is set up wrongly fails alone.
 *
 * @param settings those that may stand in the parameter store
 */
function isolated(settings: readonly string[], make: () => Channel): Channel {
  const made = lazy(() => bulkhead(make(), bounds));
  return {
    async deliver(message) {
      await loadSecrets(settings);
      return made().deliver(message);
    },
  };
}

/** Each way to reach people; what is not configured is printed to the console instead. */
export const channels = lazy(
  async (): Promise<Readonly<Record<ChannelName, Channel>>> => ({
    console: shown(),
    email: isolated(["SMTP_URL"], email),
    slack: isolated(["SLACK_WEBHOOK_URL"], () =>
      chatChannel(chat("slack", "SLACK_WEBHOOK_URL", slackConfig().SLACK_WEBHOOK_URL), slack),
    ),
    sms: isolated(["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"], sms),
    webhook: isolated(["WEBHOOK_SECRETS"], () =>
      webhookChannel({ http: http(), keys: webhookConfig().WEBHOOK_SECRETS }),
    ),
    ntfy: isolated(["NTFY_URL", "NTFY_TOKEN"], ntfy),
    discord: isolated(["DISCORD_WEBHOOK_URL"], () =>
      chatChannel(chat("discord", "DISCORD_WEBHOOK_URL", discordConfig().DISCORD_WEBHOOK_URL), discord),
    ),
    teams: isolated(["TEAMS_WEBHOOK_URL"], () =>
      chatChannel(chat("teams", "TEAMS_WEBHOOK_URL", teamsConfig().TEAMS_WEBHOOK_URL), teams),
    ),
  }),
);
