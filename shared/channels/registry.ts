import type { ChannelClient, ChannelDescription } from "./channel-type.ts";
import { consoleClient, consoleDescription } from "./console.ts";
import { discordClient, discordDescription } from "./discord.ts";
import { emailClient, emailDescription } from "./email.ts";
import { ntfyClient, ntfyDescription } from "./ntfy.ts";
import { slackClient, slackDescription } from "./slack.ts";
import { smsClient, smsDescription } from "./sms.ts";
import { teamsClient, teamsDescription } from "./teams.ts";
import { webhookClient, webhookDescription } from "./webhook.ts";

/** Every channel by its name, light enough for every function. */
export const channels = {
  console: consoleDescription,
  email: emailDescription,
  slack: slackDescription,
  sms: smsDescription,
  webhook: webhookDescription,
  ntfy: ntfyDescription,
  discord: discordDescription,
  teams: teamsDescription,
} satisfies Readonly<Record<string, ChannelDescription>>;

export type ChannelName = keyof typeof channels;

/** The client of every channel. `npm run check` allows it in the delivering function alone. */
export const channelClients: Readonly<Record<ChannelName, ChannelClient>> = {
  console: consoleClient,
  email: emailClient,
  slack: slackClient,
  sms: smsClient,
  webhook: webhookClient,
  ntfy: ntfyClient,
  discord: discordClient,
  teams: teamsClient,
};

export const channelNames = /* @__PURE__ */ Object.keys(channels) as ChannelName[];

export function channelLabel(name: string): string {
  return channelNamed(name)?.label ?? name;
}

/** Returns undefined for a channel that this release doesn't have. */
export function channelNamed(name: string): ChannelDescription | undefined {
  return Object.hasOwn(channels, name) ? channels[name as ChannelName] : undefined;
}
