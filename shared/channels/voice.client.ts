import { PermanentFailure } from "../domain/notifications/delivery.ts";
import type { Http } from "../outbound/http.ts";
import type { Channel, ChannelClient, ChannelContext } from "./channel-type.ts";
import { accountOf, callTwilio, type TwilioAccount, twilioSettings } from "./provider/twilio.ts";

export const client: ChannelClient<typeof twilioSettings> = {
  settings: twilioSettings,
  create(settings, { http, printed, callbacks }) {
    const account = accountOf(settings);
    return account ? voiceChannel({ http, ...account, callbacks }) : printed("TWILIO_ACCOUNT_SID");
  },
};

interface Voice extends TwilioAccount {
  readonly http: Http;
  readonly callbacks: ChannelContext["callbacks"];
}

/** Time for which a phone rings. */
const ringSeconds = 30;

/**
 * Calls a phone. The provider gets the text from the platform, and reports the result of the call. An accepted call is
 * delivered only when a person has answered it.
 */
export function voiceChannel({ http, callbacks, ...account }: Voice): Channel {
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
