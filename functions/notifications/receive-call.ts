import { receiveCallContract } from "../../shared/contracts/notifications/receive-call.ts";
import { readCall } from "../../shared/contracts/notifications/twilio.ts";
import { NotFound } from "../../shared/domain/errors.ts";
import { handleOnce } from "../../shared/http/idempotency.ts";
import { callTwiml, hangUpTwiml } from "../../shared/http/twiml.ts";
import { replyDeps } from "../../shared/runtime/deps.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitTwilio, openCall, urlOfCall } from "../../shared/runtime/inbound/twilio.ts";
import { verificationCodes } from "../../shared/runtime/links.ts";
import { notificationQueue } from "../../shared/runtime/queues.ts";
import { notifications } from "../../shared/runtime/stores.ts";
import { table } from "../../shared/runtime/table.ts";
import { idempotencyStore } from "../../shared/storage/idempotency-store.ts";
import { type Answer, answerCall } from "../../shared/use-cases/notifications/phone/answer-call.ts";
import { pickUpCall } from "../../shared/use-cases/notifications/phone/pick-up-call.ts";

export const handler = openEndpoint(
  receiveCallContract,
  async ({ params: { token }, body, headers, now }) => {
    const call = readCall(await admitTwilio(headers, `/twilio/voice/${token}`, body));
    const id = await openCall(token, now);
    const notification = await notifications().find(id);
    if (!notification) throw new NotFound("notification", id);
    const deps = {
      ...replyDeps(),
      notificationQueue: notificationQueue(),
      verificationCode: await verificationCodes(),
    };
    const speak = ({ text, takesKeys }: Answer) =>
      callTwiml({ text, keysTo: takesKeys ? urlOfCall(token) : null });
    if (!call || call.key === null) {
      const answer = await pickUpCall(deps, notification, call?.report ?? null, now);
      return answer ? speak(answer) : hangUpTwiml();
    }
    const pressed = { key: call.key, call: call.id };
    const seed = `${call.id} ${call.key}`;
    const request = { owner: "twilio/voice", key: seed, body: token, now, seed };
    const reply = await handleOnce(idempotencyStore(table()), request, async (at, ulid) => ({
      status: 200,
      body: JSON.stringify(await answerCall({ ...deps, ulid }, notification, pressed, at)),
      location: null,
    }));
    return speak(JSON.parse(reply.body) as Answer);
  },
);
