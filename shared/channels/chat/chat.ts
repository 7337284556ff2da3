import * as z from "zod";
import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http } from "../../outbound/http.ts";
import { list } from "../../validation/settings.ts";
import { looksLikeUrl } from "../address-rules.ts";
import type { Channel, ChannelClient, ChannelContext } from "../channel-type.ts";
import { callWithJson } from "../provider/provider.ts";
import type { Success } from "../provider/refusal.ts";
import { type Destinations, destinationOf, readDestinations } from "./destinations.ts";

interface Chat {
  readonly http: Http;
  readonly destinations: Destinations;
  /** Takes messages to a name while no destination is set. */
  readonly simulated: Channel;
  readonly chatActions?: ChannelContext["chatActions"];
}

/** Form of one service's messages, and its response to an accepted one. */
export interface ChatService {
  readonly payloadOf: (message: OutgoingMessage, chatActions?: ChannelContext["chatActions"]) => unknown;
  readonly success: Success;
}

type Destined = ReturnType<typeof destinationList>;

/** Client of a chat whose destinations are listed in one setting. */
export function chatClient<N extends string>(
  setting: N,
  service: ChatService,
): ChannelClient<() => z.ZodObject<Record<N, Destined>>> {
  return {
    settings: () => z.object({ [setting]: destinationList() } as Record<N, Destined>),
    create(settings, { http, printed, chatActions }) {
      const destinations = (settings as Record<N, Destinations>)[setting];
      return chatChannel({ http, destinations, simulated: printed(setting), chatActions }, service);
    },
  };
}

/** Writes to a chat by posting to a URL that only its members know. */
export function chatChannel(
  { http, destinations, simulated, chatActions }: Chat,
  { payloadOf, success }: ChatService,
): Channel {
  const isSet = destinations.fallback !== null || destinations.named.size > 0;
  return {
    async deliver(message) {
      const { address } = message.notification;
      if (!isSet && !looksLikeUrl(address)) return simulated.deliver(message);
      const url = destinationOf(destinations, address);
      if (url === null)
        throw new PermanentFailure("no URL is configured for this name, and there is no default");
      return callWithJson({ http, message, url, body: payloadOf(message, chatActions), success });
    },
  };
}

/** Setting with a comma-separated list of destinations. */
export function destinationList() {
  return list.transform((items, context): Destinations => {
    const read = readDestinations(items);
    if (read) return read;
    context.addIssue("must be a comma-separated list of URLs, each optionally as name=https://…");
    return z.NEVER;
  });
}
