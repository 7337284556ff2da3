import { receiveCallContract } from "../../shared/contracts/notifications/receive-call.ts";
import { readCall } from "../../shared/contracts/notifications/twilio.ts";
import { callPaths } from "../../shared/http/tokens/call-token.ts";
import { callTwiml, hangUpTwiml } from "../../shared/http/twilio/twiml.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { openCalled, pickUp, pressKey, urlOfCall } from "../../shared/runtime/inbound/calls.ts";
import { admitTwilio } from "../../shared/runtime/inbound/twilio.ts";

export const handler = openEndpoint(
  receiveCallContract,
  async ({ params: { token }, body, headers, now }) => {
    const path = callPaths.twilio(token);
    const call = readCall(await admitTwilio(headers, path, body));
    const notification = await openCalled(token, now);
    const answer =
      !call || call.key === null
        ? await pickUp(notification, call?.report ?? null, now)
        : await pressKey(notification, { owner: "twilio/voice", token, call: call.id, key: call.key }, now);
    if (!answer) return hangUpTwiml();
    return callTwiml({ text: answer.text, keysTo: answer.takesKeys ? urlOfCall(path) : null });
  },
);
