import type { TelegramUpdate } from "../../contracts/notifications/telegram-update.ts";
import { matchesAny } from "../../crypto/hmac.ts";
import { Unauthenticated } from "../../http/errors.ts";
import { handleOnce } from "../../http/idempotency.ts";
import { idempotencyStore } from "../../storage/idempotency-store.ts";
import { handleTelegramUpdate } from "../../use-cases/notifications/chat/handle-telegram-update.ts";
import { commandDeps } from "../access/answers.ts";
import { telegramBotConfig, telegramConfig } from "../config.ts";
import { linkedAccounts } from "../later/stores.ts";
import { loadSecrets } from "../secrets.ts";
import { ulid } from "../system.ts";
import { table } from "../table.ts";

/**
 * Admits a request with the secret token of the webhook.
 *
 * @throws Unauthenticated
 */
export async function admitTelegram(headers: Headers): Promise<void> {
  await loadSecrets(["TELEGRAM_WEBHOOK_SECRET"]);
  const { TELEGRAM_WEBHOOK_SECRET: secrets } = telegramConfig();
  const token = headers.get("x-telegram-bot-api-secret-token") ?? "";
  if (!matchesAny(token, secrets)) throw new Unauthenticated("The secret token is missing or invalid");
}

/** Maximum length of an answer to a button. */
const answerLength = 200;

/**
 * Handles an update once. Telegram repeats an update until it gets a 200, and then gets the stored answer.
 *
 * @returns a method of the Bot API, which Telegram executes, or nothing
 */
export async function answerUpdate(update: TelegramUpdate, now: number): Promise<Record<string, unknown>> {
  const once = { owner: "telegram", key: update.id, body: JSON.stringify(update), now, seed: ulid(now) };
  const { body } = await handleOnce(idempotencyStore(table()), once, async (startedAt, seeded) => {
    const deps = {
      ...commandDeps(),
      linkedAccounts: linkedAccounts(),
      botName: telegramBotConfig().TELEGRAM_BOT_NAME,
      ulid: seeded,
    };
    const text = await handleTelegramUpdate(deps, update, startedAt);
    return { status: 200, body: JSON.stringify(methodOf(update, text)), location: null };
  });
  return JSON.parse(body) as Record<string, unknown>;
}

function methodOf(update: TelegramUpdate, text: string | null): Record<string, unknown> {
  if (text === null) return {};
  return update.kind === "button"
    ? {
        method: "answerCallbackQuery",
        callback_query_id: update.queryId,
        text: text.slice(0, answerLength).toWellFormed(),
      }
    : {
        method: "sendMessage",
        chat_id: update.chat,
        text,
        link_preview_options: { is_disabled: true },
      };
}
