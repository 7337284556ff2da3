import { chatAddresses, emailAddresses, isWebUrl, phoneAddresses } from "./address-rules.ts";
import type { ChannelDescription } from "./channel-type.ts";

/** Every channel by its name, without its client, so that every layer may import it. */
export const channels = {
  console: { label: "Console", isNoun: true, addresses: { hint: "any text", accepts: () => true } },
  email: {
    label: "Email",
    isNoun: true,
    setups: [{ setting: "SMTP_URL" }],
    addresses: emailAddresses,
  },
  slack: {
    label: "Slack",
    setups: [{ setting: "SLACK_WEBHOOK_URL" }, { setting: "SLACK_BOT_TOKEN" }],
    addresses: chatAddresses,
  },
  sms: {
    label: "SMS",
    setups: [{ setting: "TWILIO_ACCOUNT_SID", required: ["TWILIO_AUTH_TOKEN", "TWILIO_FROM"] }],
    addresses: phoneAddresses,
  },
  voice: {
    label: "Voice call",
    isNoun: true,
    setups: [
      {
        setting: "TWILIO_ACCOUNT_SID",
        required: ["TWILIO_AUTH_TOKEN", "TWILIO_FROM", "PUBLIC_URL", "SIGNING_SECRET"],
      },
      {
        setting: "VONAGE_APPLICATION_ID",
        required: [
          ...["VONAGE_PRIVATE_KEY", "VONAGE_SIGNATURE_SECRET", "VONAGE_FROM"],
          ...["PUBLIC_URL", "SIGNING_SECRET"],
        ],
      },
    ],
    addresses: phoneAddresses,
  },
  push: {
    label: "Push",
    isNoun: true,
    setups: [{ setting: "VAPID_PRIVATE_KEY", required: ["VAPID_PUBLIC_KEY"] }],
    withdraws: "per_address",
    addresses: {
      ...emailAddresses,
      hint: "the email address of a user who has enabled push in a browser",
    },
  },
  webhook: {
    label: "Webhook",
    isNoun: true,
    addresses: { hint: "an http(s) URL without credentials or fragment", accepts: isWebUrl },
  },
  ntfy: {
    label: "ntfy",
    setups: [{ setting: "NTFY_URL" }],
    addresses: {
      hint: "a topic of letters, digits, - and _, or an http(s) URL",
      accepts: (address) => /^[\w-]{1,64}$/.test(address) || isWebUrl(address),
    },
  },
  discord: { label: "Discord", setups: [{ setting: "DISCORD_WEBHOOK_URL" }], addresses: chatAddresses },
  teams: { label: "Microsoft Teams", setups: [{ setting: "TEAMS_WEBHOOK_URL" }], addresses: chatAddresses },
  telegram: {
    label: "Telegram",
    withdraws: "each",
    setups: [{ setting: "TELEGRAM_BOT_TOKEN" }],
    addresses: {
      hint: "a chat ID like 123456789, or the name of a public channel like @payments",
      accepts: (address) => /^(-?[1-9]\d{0,15}|@[A-Za-z]\w{3,31})$/.test(address),
    },
  },
  mattermost: {
    label: "Mattermost",
    setups: [{ setting: "MATTERMOST_WEBHOOK_URL" }],
    addresses: chatAddresses,
  },
  googlechat: {
    label: "Google Chat",
    setups: [{ setting: "GOOGLECHAT_WEBHOOK_URL" }],
    addresses: chatAddresses,
  },
} satisfies Readonly<Record<string, ChannelDescription>>;

export type ChannelName = keyof typeof channels;

export const channelNames = /* @__PURE__ */ Object.keys(channels) as ChannelName[];

export function channelLabel(name: string): string {
  return channelNamed(name)?.label ?? name;
}

/** Returns the name of a channel within a sentence: `via email`, `via Slack`. */
export function channelInSentence(name: string): string {
  const label = channelLabel(name);
  return channelNamed(name)?.isNoun ? label.toLowerCase() : label;
}

/** Returns undefined for a channel that this release doesn't have. */
export function channelNamed(name: string): ChannelDescription | undefined {
  return Object.hasOwn(channels, name) ? channels[name as ChannelName] : undefined;
}
