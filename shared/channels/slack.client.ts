import * as z from "zod";
import { snoozeChoices, snoozeNames } from "../domain/incidents/snooze/snooze-choice.ts";
import { escapeEntity } from "../domain/notifications/escape-entity.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { clip } from "../domain/text/clip.ts";
import type { ChannelClient } from "./channel-type.ts";
import { type ChatService, chatChannel, destinationList } from "./chat/chat.ts";
import { destinationOf } from "./chat/destinations.ts";
import {
  actionsOf,
  detailsOf,
  headlineOf,
  type Line,
  messageFields,
  type Section,
  sectionsOf,
} from "./message/message-fields.ts";
import { fitting } from "./message/text.ts";
import { permanent } from "./provider/refusal.ts";
import { slackBotFields } from "./slack/slack-api.ts";
import { slackBot } from "./slack/slack-bot.ts";

/** Longest texts that Slack accepts, counted after escaping. */
const slackLimits = { header: 150, section: 3_000, field: 2_000, text: 3_000 };
const lineLength = 400;

/**
 * Message for an incoming webhook, in blocks (api.slack.com/reference/block-kit). Links take the place of buttons unless the
 * platform receives those that people press.
 */
export function slackPayload(message: OutgoingMessage, receivesActions = true) {
  const headline = headlineOf(message);
  const isCut = headline.length > slackLimits.header;
  const rest = [isCut ? headline : "", detailsOf(message)].filter((text) => text !== "").join("\n");
  const fields = messageFields(message).map(({ name, value }) =>
    mrkdwn(`*${name}*\n${clip(value, slackLimits.field - name.length - 3, escapeEntity)}`),
  );
  const elements = receivesActions ? buttonsOf(message) : [];
  const links = receivesActions ? [] : actionsOf(message).map(({ label, url }) => `<${url}|${label}>`);
  return {
    // For notifications and screen readers.
    text: clip(headline, slackLimits.text, escapeEntity),
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", text: clip(headline, slackLimits.header), emoji: false },
      },
      ...(rest === ""
        ? []
        : [{ type: "section", text: mrkdwn(clip(rest, slackLimits.section, escapeEntity)) }]),
      ...(fields.length === 0 ? [] : [{ type: "section", fields }]),
      ...sectionsOf(message).flatMap(listOf),
      ...(elements.length === 0 ? [] : [{ type: "actions", elements }]),
      ...(links.length === 0 ? [] : [{ type: "section", text: mrkdwn(links.join(" · ")) }]),
    ],
  };
}

/** Errors that no retry can fix (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const permanentErrors: ReadonlySet<string> = new Set([
  "account_inactive",
  "action_prohibited",
  "channel_is_archived",
  "channel_not_found",
  "invalid_auth",
  "invalid_blocks",
  "invalid_payload",
  "invalid_token",
  "msg_too_long",
  "no_active_hooks",
  "no_service",
  "no_service_id",
  "no_team",
  "no_text",
  "not_authed",
  "posting_to_general_channel_denied",
  "team_disabled",
  "token_revoked",
  "too_many_attachments",
  "user_not_found",
]);

export const slack: ChatService = {
  payloadOf: (message) => slackPayload(message),
  success: {
    // Slack returns `ok`. Compatible receivers return other texts.
    texts: ["ok", "accepted", "success"],
    refusalIn(text, { error }) {
      const reason = text.startsWith("{") ? error : text;
      return typeof reason === "string" && permanentErrors.has(reason) ? permanent : null;
    },
  },
};

const settings = () =>
  z.object({
    SLACK_WEBHOOK_URL: destinationList(),
    ...slackBotFields(),
    SLACK_SIGNING_SECRET: z.string().default(""),
  });

/** Names without a webhook of their own are written to by the bot, if there is one. */
export const client: ChannelClient<typeof settings> = {
  settings,
  create(settings, { http, chatMessages, onCallEmails, printed }) {
    const { SLACK_WEBHOOK_URL: destinations, SLACK_BASE_URL: baseUrl, SLACK_BOT_TOKEN: token } = settings;
    const payloadOf = (message: OutgoingMessage) =>
      slackPayload(message, settings.SLACK_SIGNING_SECRET !== "");
    const simulated = printed("SLACK_WEBHOOK_URL");
    const webhooks = chatChannel({ http, destinations, simulated }, { ...slack, payloadOf });
    if (token === "") return webhooks;
    const bot = slackBot({ http, baseUrl, token, onCallEmails, messages: chatMessages(), payloadOf });
    const named = { ...destinations, fallback: null };
    return {
      deliver: (message) =>
        (destinationOf(named, message.notification.address) === null ? bot : webhooks).deliver(message),
    };
  },
};

/** Slack sends presses of the first buttons and choices of the menu to the platform. The last button is a link. */
function buttonsOf({ incident, links }: OutgoingMessage): object[] {
  const offered = {
    acknowledge: links ? links.acknowledge !== null : incident?.status === "open",
    resolve: links ? links.resolve !== null : incident !== null && incident.status !== "resolved",
  };
  return [
    ...(incident && offered.acknowledge
      ? [{ ...button("acknowledge", "Acknowledge"), value: incident.id, style: "primary" }]
      : []),
    ...(incident && offered.resolve ? [{ ...button("resolve", "Resolve"), value: incident.id }] : []),
    ...(incident && offered.resolve ? [{ ...button("escalate", "Escalate"), value: incident.id }] : []),
    ...(incident && offered.resolve ? [snoozeMenu(incident.id)] : []),
    ...(links ? [{ ...button("view", "View"), url: links.view }] : []),
  ];
}

/** Returns a section as a list. Lines without room are left out. */
function listOf({ title, lines }: Section) {
  const items = lines.map((line) => `\n• ${itemOf(line)}`);
  const fit = fitting(items, slackLimits.section - title.length - 2, ({ length }) => length);
  return fit.length === 0 ? [] : { type: "section", text: mrkdwn(`*${title}*${fit.join("")}`) };
}

/** Returns a line, as a link if it has one. Its text cannot end the link. */
function itemOf({ text, href }: Line): string {
  const words = clip(text, lineLength, escapeEntity);
  if (href === undefined) return words;
  const address = Array.from(href.replaceAll("|", "%7C"), escapeEntity).join("");
  return `<${address}|${words.replaceAll("|", "¦")}>`;
}

function button(actionId: string, label: string) {
  return { type: "button", action_id: actionId, text: { type: "plain_text", text: label } };
}

function snoozeMenu(incidentId: string) {
  const options = snoozeChoices.map((choice) => ({
    text: { type: "plain_text", text: capitalized(snoozeNames[choice]) },
    value: `${choice} ${incidentId}`,
  }));
  return {
    ...{ type: "static_select", action_id: "snooze", options },
    placeholder: { type: "plain_text", text: "Snooze" },
  };
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function mrkdwn(text: string) {
  return { type: "mrkdwn", text };
}
