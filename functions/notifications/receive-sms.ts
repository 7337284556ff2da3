import { receiveSmsContract } from "../../shared/contracts/notifications/receive-sms.ts";
import { readTextMessage } from "../../shared/contracts/notifications/twilio.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { TooManyRequests } from "../../shared/http/errors.ts";
import { handleOnce } from "../../shared/http/idempotency.ts";
import { rateLimit } from "../../shared/http/rate-limit.ts";
import { messageTwiml } from "../../shared/http/twiml.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitTwilio } from "../../shared/runtime/inbound/twilio.ts";
import { notifications, phones } from "../../shared/runtime/stores.ts";
import { log } from "../../shared/runtime/system.ts";
import { table } from "../../shared/runtime/table.ts";
import { idempotencyStore } from "../../shared/storage/idempotency-store.ts";
import { answerSms, findSender } from "../../shared/use-cases/notifications/phone/answer-sms.ts";

/** Messages of one sender per minute. Further ones are ignored. */
const consume = rateLimit(20);

export const handler = openEndpoint(receiveSmsContract, async ({ body, headers, now }) => {
  const message = readTextMessage(await admitTwilio(headers, "/twilio/sms", body));
  if (!message || isFlooding(message.from, now)) return messageTwiml("");
  const deps = { ...changeDeps(), notifications: notifications(), phones: phones(), sha256 };
  const person = await findSender(deps, message.from);
  if (person === undefined) return messageTwiml("");
  const request = { owner: "twilio/sms", key: message.id, body: message.from + message.text, now };
  const { body: answer } = await handleOnce(
    idempotencyStore(table()),
    { ...request, seed: message.id },
    async (at, ulid) => ({
      status: 200,
      body: await answerSms({ ...deps, ulid }, person, message, at),
      location: null,
    }),
  );
  return messageTwiml(answer);
});

function isFlooding(number: string, now: number): boolean {
  try {
    consume?.(number, now);
    return false;
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error;
    log().warn("a sender exceeds the limit of text messages per minute");
    return true;
  }
}
