import * as z from "zod";
import { statusLine } from "../domain/incidents/current-status.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { clip } from "../domain/text/clip.ts";
import type { Http } from "../outbound/http.ts";
import { headerText, webUrl } from "../validation/settings.ts";
import type { Channel, ChannelClient } from "./channel-type.ts";
import {
  actionsOf,
  chatActionsOf,
  detailsOf,
  headlineOf,
  messageFields,
  sectionsOf,
} from "./message/message-fields.ts";
import { fitting } from "./message/text.ts";
import { callWithJson } from "./provider/provider.ts";
import { refusalOf, type Success } from "./provider/refusal.ts";

const settings = () =>
  z.object({
    TELEGRAM_BASE_URL: webUrl.prefault("https://api.telegram.org"),
    TELEGRAM_BOT_TOKEN: headerText,
    TELEGRAM_WEBHOOK_SECRET: z.string().default(""),
  });

export const client: ChannelClient<typeof settings> = {
  settings,
  create(settings, { http, printed }) {
    const { TELEGRAM_BASE_URL: baseUrl, TELEGRAM_BOT_TOKEN: token } = settings;
    const receivesActions = settings.TELEGRAM_WEBHOOK_SECRET !== "";
    return token === ""
      ? printed("TELEGRAM_BOT_TOKEN")
      : telegramChannel({ http, baseUrl, token, receivesActions });
  },
};

/** A bot (core.telegram.org/bots/api). */
interface Telegram {
  readonly http: Http;
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** True if the platform receives the bot's updates, and so the buttons that people press. */
  readonly receivesActions: boolean;
}

export function telegramChannel({ http, baseUrl, token, receivesActions }: Telegram): Channel {
  const call = (method: string, message: OutgoingMessage, body: object) =>
    callWithJson({
      http,
      message,
      url: `${baseUrl}/bot${token}/${method}`,
      body: { chat_id: message.notification.address, ...body },
      secrets: [token],
      success,
      summary,
    });
  return {
    deliver: (message) => call("sendMessage", message, telegramContent(message, receivesActions)),
    async withdraw(message) {
      const id = messageIdOf(message);
      if (id === undefined) return;
      const body = { message_id: id, ...answeredContent(message, receivesActions) };
      // A failure does no harm: the buttons of an old message report the state of the incident too.
      await call("editMessageText", message, body).catch(() => undefined);
    },
  };
}

/** Returns the ID in the recorded response to a message. */
function messageIdOf({ notification: { attempts } }: OutgoingMessage): number | undefined {
  const [, id] = /^200 message (\d{1,15})$/.exec(attempts.findLast(({ ok }) => ok)?.detail ?? "") ?? [];
  return id === undefined ? undefined : Number(id);
}

/** Returns the content with who acknowledged or resolved the incident, and the buttons that are left. */
function answeredContent(message: OutgoingMessage, receivesActions: boolean) {
  const content = telegramContent(message, receivesActions);
  if (!message.incident) return content;
  const line = clip(statusLine(message.incident), headlineLength);
  return { ...content, text: `${clip(content.text, textLength - line.length - 2)}\n\n${line}` };
}

const textLength = 4_096;
const headlineLength = 500;
const mainLength = 2_000;
/** Links that can't be buttons. */
const tailLength = 800;

/** Text and buttons of a message. Telegram counts UTF-16 units. Without a parse mode, no character has a meaning. */
export function telegramContent(message: OutgoingMessage, receivesActions: boolean) {
  const headline = clip(headlineOf(message), headlineLength);
  const fields = messageFields(message).map(({ name, value }) => `${name}: ${value}`);
  const actions = receivesActions ? chatActionsOf(message) : [];
  const links = actionsOf(message).filter(({ name }) => actions.length === 0 || name === "view");
  const inText = links.filter(({ url }) => !isButtonUrl(url)).map(({ label, url }) => `${label}: ${url}`);
  const main = [detailsOf(message), fields.join("\n")].filter((part) => part !== "").join("\n\n");
  const tail = ["", ...inText].join("\n");
  const top = `${headline}\n${clip(main, mainLength)}`.trimEnd();
  const room = textLength - top.length - (tail.length <= tailLength ? tail.length : 0);
  const buttons = [
    ...actions.map(({ label, data }) => ({ text: label, callback_data: data })),
    ...links.filter(({ url }) => isButtonUrl(url)).map(({ label, url }) => ({ text: label, url })),
  ];
  return {
    text: (top + listsOf(message, room) + (tail.length <= tailLength ? tail : "")).trimEnd(),
    entities: [{ type: "bold", offset: 0, length: headline.length }],
    link_preview_options: { is_disabled: true },
    ...(buttons.length > 0 && { reply_markup: { inline_keyboard: inRows(buttons) } }),
  };
}

/** Returns links, changes and labels as lines, as many as fit. */
function listsOf(message: OutgoingMessage, maxLength: number): string {
  const lines = sectionsOf(message).flatMap(({ title, lines }) => [
    `\n\n${title}`,
    ...lines.map(({ text, href }) => `\n• ${href === undefined ? text : `${text}: ${href}`}`),
  ]);
  return fitting(lines, maxLength, ({ length }) => length).join("");
}

const buttonsPerRow = 3;

/** Four buttons in a row would be cut off on a phone. */
function inRows<T>(buttons: readonly T[]): T[][] {
  return buttons.length > buttonsPerRow
    ? [buttons.slice(0, buttonsPerRow), buttons.slice(buttonsPerRow)]
    : [[...buttons]];
}

/** Telegram refuses a whole message for a button whose host has no dot, such as localhost. */
function isButtonUrl(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname.includes(".");
}

/** Errors have `ok: false`, the status as `error_code` and, for 429, `parameters.retry_after`. */
const success: Success = {
  texts: [],
  refusalIn(_, { ok, error_code: status }) {
    return ok === false ? refusalOf(typeof status === "number" ? status : undefined) : null;
  },
};

const answer = z.union([
  z.object({ ok: z.literal(true), result: z.object({ message_id: z.int() }) }),
  z.object({ ok: z.literal(false), description: z.string() }),
]);

/** Returns the message's ID or the error in a response; its text if it has neither. */
function summary(body: string): string {
  try {
    const read = answer.safeParse(JSON.parse(body)).data;
    if (read) return read.ok ? `message ${read.result.message_id}` : read.description;
  } catch {}
  return body;
}
