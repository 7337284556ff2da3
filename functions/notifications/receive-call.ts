import { receiveCallContract } from "../../shared/contracts/notifications/receive-call.ts";
import { isMachine, readCall } from "../../shared/contracts/notifications/twilio.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { NotFound } from "../../shared/domain/errors.ts";
import { handleOnce } from "../../shared/http/idempotency.ts";
import { callTwiml, hangUpTwiml } from "../../shared/http/twiml.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitTwilio, openCall, urlOfCall } from "../../shared/runtime/inbound/twilio.ts";
import { notificationQueue } from "../../shared/runtime/queues.ts";
import { notifications } from "../../shared/runtime/stores.ts";
import { table } from "../../shared/runtime/table.ts";
import { idempotencyStore } from "../../shared/storage/idempotency-store.ts";
import { addReceipt } from "../../shared/use-cases/notifications/add-receipt.ts";
import { answerCall, describeCall } from "../../shared/use-cases/notifications/phone/answer-call.ts";
import { reportDelivery } from "../../shared/use-cases/notifications/report-delivery.ts";

export const handler = openEndpoint(
  receiveCallContract,
  async ({ params: { token }, body, headers, now }) => {
    const call = readCall(await admitTwilio(headers, `/twilio/voice/${token}`, body));
    const id = await openCall(token, now);
    const notification = await notifications().find(id);
    if (!notification) throw new NotFound("notification", id);
    const deps = {
      ...changeDeps(),
      notifications: notifications(),
      notificationQueue: notificationQueue(),
      sha256,
    };
    if (!call || isMachine(call.answeredBy)) {
      const detail = "answered by a machine";
      const receipt = { at: now, kind: "undelivered", detail, providerId: call?.id ?? "" } as const;
      await reportDelivery(deps, id, receipt, now);
      return hangUpTwiml();
    }
    const { key } = call;
    if (key === null) {
      if (call.answeredBy === "human") {
        const detail = "answered by a person";
        await addReceipt(deps, id, { at: now, kind: "delivered", detail, providerId: call.id });
      }
      const { text, takesKeys } = await describeCall(deps, notification);
      return callTwiml({ text, keysTo: takesKeys ? urlOfCall(token) : null });
    }
    const request = {
      owner: "twilio/voice",
      key: `${call.id} ${key}`,
      body: token,
      now,
      seed: `${call.id} ${key}`,
    };
    const reply = await handleOnce(idempotencyStore(table()), request, async (at, ulid) => ({
      status: 200,
      body: JSON.stringify(await answerCall({ ...deps, ulid }, notification, { key, call: call.id }, at)),
      location: null,
    }));
    const { text, takesKeys } = JSON.parse(reply.body) as Awaited<ReturnType<typeof answerCall>>;
    return callTwiml({ text, keysTo: takesKeys ? urlOfCall(token) : null });
  },
);
