import * as z from "zod";
import type { ChannelClient } from "./channel-type.ts";
import { accountOf, twilioFields } from "./provider/twilio.ts";
import { twilioVoice } from "./voice/twilio-voice.ts";
import { vonageFields, vonageVoice } from "./voice/vonage-voice.ts";

const settings = () => z.object({ ...twilioFields(), ...vonageFields() });

/**
 * Calls a phone. The provider gets the text from the platform, and reports the result of the call. An accepted call is
 * delivered only when a person has answered it.
 *
 * Vonage makes the calls if an application of it is set, so that Twilio can send the text messages beside it.
 */
export const client: ChannelClient<typeof settings> = {
  settings,
  create(settings, { http, callbacks, printed }) {
    if (settings.VONAGE_APPLICATION_ID !== "") return vonageVoice(settings, { http, callbacks });
    const account = accountOf(settings);
    return account ? twilioVoice({ http, callbacks, ...account }) : printed("TWILIO_ACCOUNT_SID");
  },
};
