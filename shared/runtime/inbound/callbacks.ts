import type { ChannelContext } from "../../channels/channel-type.ts";
import { signAction } from "../../http/mattermost/action-token.ts";
import { callPaths, signCall } from "../../http/tokens/call-token.ts";
import type { DeliverDeps } from "../../use-cases/notifications/deliver-notification.ts";
import { linkConfig, twilioConfig } from "../config.ts";
import { log } from "../system.ts";

/**
 * Returns the URLs at which providers report: none without a public URL. A page without reports is better than no page, so
 * invalid settings are only logged.
 */
export const callbacks: ChannelContext["callbacks"] = (notificationId, now) => {
  try {
    const { PUBLIC_URL, SIGNING_SECRET } = linkConfig();
    const [secret] = SIGNING_SECRET;
    if (PUBLIC_URL === "") return null;
    const status = `${PUBLIC_URL}/twilio/status?id=${notificationId}`;
    if (secret === undefined) return { status, calls: null };
    const token = signCall(notificationId, secret, now);
    const calls = {
      twilio: PUBLIC_URL + callPaths.twilio(token),
      vonage: PUBLIC_URL + callPaths.vonage(token),
    };
    return { status, calls };
  } catch (error) {
    log().error("messages go without reports", { error });
    return null;
  }
};

/**
 * Returns the URL that takes pressed buttons, and the signature of their actions. A message without buttons has links, so
 * invalid settings are only logged.
 */
export const chatActions: ChannelContext["chatActions"] = () => {
  try {
    const { PUBLIC_URL, SIGNING_SECRET } = linkConfig();
    const [secret] = SIGNING_SECRET;
    if (PUBLIC_URL === "" || secret === undefined) return null;
    return {
      url: `${PUBLIC_URL}/mattermost/actions`,
      sign: (action, now) => signAction(action, secret, now),
    };
  } catch (error) {
    log().error("messages go without buttons", { error });
    return null;
  }
};

/**
 * Returns true if replies over a channel reach the platform: emails need an address that receives them, and text messages
 * a public URL.
 */
export function acceptsReplies(channel: string, emailReply: DeliverDeps["emailReply"] | null): boolean {
  if (channel === "email") return emailReply !== null;
  if (channel !== "sms") return false;
  try {
    const { PUBLIC_URL, TWILIO_AUTH_TOKEN } = twilioConfig();
    return PUBLIC_URL !== "" && TWILIO_AUTH_TOKEN !== "";
  } catch {
    // A page that offers no reply is better than none. The invalid setting is logged with the callbacks.
    return false;
  }
}
