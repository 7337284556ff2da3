/** Settings that require others, and settings that do less without others. */
import type { ChannelSetup } from "../../shared/channels/channel-type.ts";
import { missingWith } from "../../shared/channels/missing-settings.ts";
import { channelNamed, channelNames } from "../../shared/channels/registry.ts";

/** A setting, and those that it requires. */
type Rule = readonly [setting: string, ...required: string[]];

/** Settings that are set for the platform, not for a channel. */
const ofPlatform: ReadonlySet<string> = new Set(["PUBLIC_URL", "SIGNING_SECRET"]);

const setups = channelNames.flatMap((name) => channelNamed(name)?.setups ?? []);

const rules: readonly Rule[] = [
  ...setups.map((setup): Rule => [setup.setting, ...requiredByAll(setup)]),
  ...setups.flatMap(({ setting, required = [] }) =>
    required.filter((name) => !ofPlatform.has(name)).map((name): Rule => [name, setting]),
  ),
  ["SLACK_TEAM_ID", "SLACK_SIGNING_SECRET"],
  // Buttons and commands work for linked accounts, and linking one needs the name.
  ["TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_NAME"],
  ["TELEGRAM_BOT_NAME", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET"],
  ["NTFY_TOKEN", "NTFY_URL"],
  ["SMTP_IN_PORT", "INBOUND_EMAIL_DOMAIN"],
  ["INBOUND_EMAIL_TOPIC_ARN", "INBOUND_EMAIL_DOMAIN"],
  ["INBOUND_EMAIL_IN_STACK", "INBOUND_EMAIL_DOMAIN", "PUBLIC_URL"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "SIGNING_SECRET"],
  ["OIDC_CLIENT_ID", "OIDC_ISSUER"],
  ["OIDC_CLIENT_SECRET", "OIDC_ISSUER"],
];

/**
 * Returns what the channels that a setting enables all require, because calls need more than text messages of one account.
 * PUBLIC_URL is not among them: it is unknown before the first deployment.
 */
function requiredByAll({ setting, required = [] }: ChannelSetup): string[] {
  const others = setups.filter((other) => other.setting === setting);
  const isNeeded = (name: string) => others.every((other) => other.required?.includes(name));
  return required.filter((name) => name !== "PUBLIC_URL" && isNeeded(name));
}

/** Returns a line per setting that others require and that is not set. */
export function missingFaults(env: NodeJS.ProcessEnv): string[] {
  const faults = rules.flatMap(([setting, ...required]) => missingWith({ setting, required }, env));
  return [...new Set(faults)];
}

interface Recommendation {
  readonly with: readonly string[];
  readonly without: readonly string[];
  readonly effect: string;
}

const recommendations: readonly Recommendation[] = [
  {
    with: ["TWILIO_ACCOUNT_SID", "VONAGE_APPLICATION_ID"],
    without: ["PUBLIC_URL"],
    effect: "Calls fail, and text messages have no replies and no delivery reports.",
  },
  {
    with: ["SLACK_WEBHOOK_URL", "SLACK_BOT_TOKEN"],
    without: ["SLACK_SIGNING_SECRET"],
    effect: "Messages in Slack have links instead of buttons, and commands are rejected.",
  },
  {
    with: ["TELEGRAM_BOT_TOKEN"],
    without: ["TELEGRAM_WEBHOOK_SECRET"],
    effect: "Messages in Telegram have links instead of buttons, and the bot takes no commands.",
  },
  {
    with: ["MATTERMOST_WEBHOOK_URL"],
    without: ["PUBLIC_URL"],
    effect: "Messages in Mattermost have links instead of buttons.",
  },
  {
    with: ["SMTP_URL"],
    without: ["SMTP_FROM"],
    effect: "Emails come from incidents@example.com, which most mail servers reject.",
  },
  {
    with: ["INBOUND_EMAIL_TOPIC_ARN"],
    without: ["PUBLIC_URL"],
    effect: "Email from Amazon SES does not reach the platform.",
  },
  {
    with: ["INBOUND_EMAIL_DOMAIN"],
    without: ["SMTP_IN_PORT", "INBOUND_EMAIL_IN_STACK", "INBOUND_EMAIL_TOPIC_ARN"],
    effect: "Email to this domain does not reach the platform.",
  },
];

/** Returns a sentence per setting without which a channel does less. */
export function missingWarnings(env: NodeJS.ProcessEnv): string[] {
  return recommendations
    .filter((each) => each.with.some((name) => env[name]) && !each.without.some((name) => env[name]))
    .map(({ without, effect }) => {
      const missing = without.length > 1 ? `None of ${without.join(", ")} is` : `${without[0]} is not`;
      return `${missing} set. ${effect}`;
    });
}
