import { receiveVonageCallContract } from "../../shared/contracts/notifications/receive-vonage-call.ts";
import { readVonageCall } from "../../shared/contracts/notifications/vonage.ts";
import { callPaths } from "../../shared/http/tokens/call-token.ts";
import { spokenNcco, unpressedNcco } from "../../shared/http/vonage/ncco.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { callDeps, openCalled, pickUp, pressKey, urlOfCall } from "../../shared/runtime/inbound/calls.ts";
import { admitVonage } from "../../shared/runtime/inbound/vonage.ts";
import type { Answer } from "../../shared/use-cases/notifications/phone/answer-call.ts";
import { endCall } from "../../shared/use-cases/notifications/phone/end-call.ts";
import { reportDelivery } from "../../shared/use-cases/notifications/report-delivery.ts";

export const handler = openEndpoint(
  receiveVonageCallContract,
  async ({ params: { token }, body, headers, now }) => {
    const call = readVonageCall(await admitVonage(headers, body, now));
    const notification = await openCalled(token, now);
    const say = (answer: Answer | null) =>
      Response.json(answer ? spokenNcco(answer, urlOfCall(callPaths.vonage(token))) : []);
    switch (call?.kind) {
      case "answered":
        return say(await pickUp(notification, null, now));
      case "pressed":
        return call.key === null
          ? Response.json(unpressedNcco())
          : say(
              await pressKey(
                notification,
                { owner: "vonage/calls", token, call: call.id, key: call.key },
                now,
              ),
            );
      case "reported":
        await reportDelivery(callDeps(), notification.id, { ...call.report, at: now }, now);
        break;
      case "ended":
        await endCall(callDeps(), notification, call.id, now);
    }
    return Response.json([]);
  },
);
