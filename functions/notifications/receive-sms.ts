import { receiveSmsContract } from "../../shared/contracts/notifications/receive-sms.ts";
import { readTextMessage } from "../../shared/contracts/notifications/twilio.ts";
import { TooManyRequests } from "../../shared/domain/errors.ts";
import { limits } from "../../shared/domain/limits.ts";
import { handleOnce } from "../../shared/http/idempotency.ts";
import { rateLimit } from "../../shared/http/rate-limit.ts";
import { messageTwiml } from "../../shared/http/twilio/twiml.ts";
import { commandDeps } from "../../shared/runtime/access/answers.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitTwilio } from "../../shared/runtime/inbound/twilio.ts";
import { phones } from "../../shared/runtime/later/stores.ts";
import { log } from "../../shared/runtime/system.ts";
import { table } from "../../shared/runtime/table.ts";
import { idempotencyStore } from "../../shared/storage/idempotency-store.ts";
import { type AnswerSmsDeps, answerSms } from "../../shared/use-cases/notifications/phone/answer-sms.ts";

/** Messages of one sender per minute. Further ones are ignored. */
const consume = rateLimit(20);

export const handler = openEndpoint(receiveSmsContract, async ({ body, headers, now }) => {
  const message = readTextMessage(await admitTwilio(headers, "/twilio/sms", body));
  if (!message || isFlooding(message.from, now)) return messageTwiml("");
  const { id, from, text } = message;
  const request = { owner: "twilio/sms", key: id, body: from + text, now, seed: id };
  const deps: AnswerSmsDeps = {
    ...commandDeps(),
    phones: phones(),
    once: async (handle) => {
      const { body: answer } = await handleOnce(
        idempotencyStore(table()),
        { ...request, keptSeconds: limits.smsRepeatSeconds },
        async (at, ulid) => ({ status: 200, body: await handle(at, ulid), location: null }),
      );
      return answer;
    },
  };
  return messageTwiml(await answerSms(deps, message));
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
