import { receiveTelegramUpdateContract } from "../../shared/contracts/notifications/receive-telegram-update.ts";
import { readTelegramUpdate } from "../../shared/contracts/notifications/telegram-update.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitTelegram, answerUpdate } from "../../shared/runtime/inbound/telegram.ts";

export const handler = openEndpoint(receiveTelegramUpdateContract, async ({ body, headers, now }) => {
  await admitTelegram(headers);
  const update = readTelegramUpdate(body);
  return { body: update ? await answerUpdate(update, now) : {} };
});
