import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http } from "../../outbound/http.ts";
import type { Channel } from "../../use-cases/ports/notifications.ts";
import { callWithJson } from "../provider/provider.ts";
import type { Success } from "../provider/refusal.ts";
import { type Destinations, destinationOf, isUrl } from "./destinations.ts";

export interface Chat {
  readonly http: Http;
  readonly destinations: Destinations;
  /** What is written to a name while no destination is set. */
  readonly simulated: Channel;
}

/** One service's form of a message, and its answer to an accepted one. */
export interface ChatService {
  readonly payloadOf: (message: OutgoingMessage) => unknown;
  readonly success: Success;
}

/** A chat that is written to by posting to a URL which only its members know. */
export function chatChannel(
  { http, destinations, simulated }: Chat,
  { payloadOf, success }: ChatService,
): Channel {
  const isSet = destinations.fallback !== null || destinations.named.size > 0;
  return {
    async deliver(message) {
      const { address } = message.notification;
      if (!isSet && !isUrl(address)) return simulated.deliver(message);
      const url = destinationOf(destinations, address);
      if (url === null) throw new PermanentFailure("no URL is set for that name, nor one for all others");
      return callWithJson({ http, message, url, body: payloadOf(message), success });
    },
  };
}
