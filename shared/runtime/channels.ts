import { lazy } from "../caching/lazy.ts";
import { type BulkheadOptions, bulkhead } from "../channels/bulkhead.ts";
import type { Channel, ChannelContext } from "../channels/channel-type.ts";
import { channelClients } from "../channels/clients.ts";
import { consoleChannel } from "../channels/console.client.ts";
import { type ChannelName, channelNames } from "../channels/registry.ts";
import { presentOutgoingMessage } from "../contracts/notifications/outgoing-message.ts";
import { createHttp } from "../outbound/http.ts";
import { outboundConfig, section } from "./config.ts";
import { loadSecrets } from "./secrets.ts";

/** Leaves time to wait for a turn within the ten seconds of a channel. */
const timeoutMs = 7_500;
const bounds: BulkheadOptions = {
  limit: 25,
  waitMs: 2_000,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

const print = (text: string) => void process.stdout.write(`${text}\n`);

/**
 * Creates a console channel. Links are omitted where others can read the console, because they grant access.
 */
function printed(channel: ChannelName, missingSetting?: string): Channel {
  const setting = missingSetting;
  const console = consoleChannel(print, setting === undefined ? undefined : { channel, setting });
  const isPrivate = outboundConfig().STAGE === "local";
  return isPrivate ? console : { deliver: (message) => console.deliver({ ...message, links: null }) };
}

const http = lazy(() => {
  const { STAGE, OUTBOUND_ALLOW } = outboundConfig();
  return createHttp({ allowPrivate: STAGE === "local", allowedNetworks: OUTBOUND_ALLOW, timeoutMs });
});

/**
 * Creates a channel that reads its settings on first use, so that an invalid setting affects only that
 * channel.
 */
function isolated(channel: ChannelName): Channel {
  const created = lazy(async () => {
    const { settings, create } = channelClients[channel];
    const context: ChannelContext = {
      http: http(),
      timeoutMs,
      printed: (missingSetting) => printed(channel, missingSetting),
      present: presentOutgoingMessage,
    };
    return bulkhead(await create(section(settings)(), context), bounds);
  });
  return {
    async deliver(message) {
      const { settings } = channelClients[channel];
      await loadSecrets(Object.keys(settings().shape));
      return (await created()).deliver(message);
    },
  };
}

/** Returns every channel by name. Channels that are not configured print to the console. */
export const channels = lazy(
  (): Readonly<Record<string, Channel>> =>
    Object.fromEntries(channelNames.map((name) => [name, isolated(name)])),
);
