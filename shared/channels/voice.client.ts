import { PermanentFailure } from "../domain/notifications/delivery.ts";
import type { Channel } from "./channel-type.ts";
import { callTwilio, type Twilio, twilioClient } from "./provider/twilio.ts";

export const client = /* @__PURE__ */ twilioClient(voiceChannel);

/** Time for which a phone rings. */
const ringSeconds = 30;

/**
 * Calls a phone. The provider gets the text from the platform, and reports the result of the call. An accepted call is
 * delivered only when a person has answered it.
 */
export function voiceChannel({ http, callbacks, ...account }: Twilio): Channel {
  return {
    async deliver(message) {
      const { notification, at } = message;
      const urls = callbacks(notification.id, at);
      if (!urls?.call)
        throw new PermanentFailure(
          "calls need PUBLIC_URL, where the provider asks what to say, and SIGNING_SECRET",
        );
      const form = {
        To: notification.address,
        From: account.from,
        Url: urls.call,
        StatusCallback: urls.status,
        MachineDetection: "Enable",
        Timeout: `${ringSeconds}`,
      };
      return callTwilio({ http, account, resource: "Calls", form, message });
    },
  };
}
