import { lazy } from "../caching/lazy.ts";
import { type BulkheadOptions, bulkhead } from "../channels/bulkhead.ts";
import type {
  Channel,
  ChannelContext,
  ChannelDescription,
  PushDeviceSource,
} from "../channels/channel-type.ts";
import { channelClients } from "../channels/clients.ts";
import { consoleChannel } from "../channels/console.client.ts";
import { missingSettings } from "../channels/missing-settings.ts";
import { type ChannelName, channelNames, channels as descriptions } from "../channels/registry.ts";
import { presentOutgoingMessage } from "../contracts/notifications/outgoing-message.ts";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import { dropPushDevice } from "../use-cases/access/push/drop-push-device.ts";
import { readOnCallEmails } from "../use-cases/oncall/read-on-call-emails.ts";
import { outboundConfig, section } from "./config.ts";
import { callbacks, chatActions } from "./inbound/callbacks.ts";
import { dropPushDeviceDeps } from "./later/deps.ts";
import { chatMessages, pushDevices } from "./later/stores.ts";
import { receiptUrl } from "./links.ts";
import { outboundHttp } from "./outbound.ts";
import { loadSecrets } from "./secrets.ts";
import { schedules } from "./stores.ts";
import { clock, log } from "./system.ts";

/** Leaves time to wait for a turn within the ten seconds of a channel. */
const timeoutMs = 7_500;
/** Slack's response repeats the message. */
const responseBytes = 64 * 1024;
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
  const { setups = [] }: ChannelDescription = descriptions[channel];
  const setting = setups.map(({ setting }) => setting).join(" or ");
  const console = consoleChannel(print, missingSetting === undefined ? undefined : { channel, setting });
  const isPrivate = outboundConfig().STAGE === "local";
  return isPrivate ? console : { deliver: (message) => console.deliver({ ...message, links: null }) };
}

const http = lazy(() => outboundHttp({ timeoutMs, responseBytes }));

const pushDeviceSource: PushDeviceSource = {
  of: async (email) => (await pushDevices().load(email)).devices,
  drop: (email, device, now) =>
    dropPushDevice(dropPushDeviceDeps(), email, device, now).catch((error) => {
      // Found again by the next message.
      log().error("a device that is gone was not removed", { device_id: device.id, error });
    }),
};

/**
 * Creates a channel that reads its settings on first use, so that an invalid setting affects only that channel. Its
 * messages then fail at once, because a retry would find the same settings.
 */
function isolated(channel: ChannelName): Channel {
  const created = lazy(async () => {
    const { settings, create } = channelClients[channel];
    const read = section(settings);
    const faults = [...missingSettings(descriptions[channel], process.env), ...read.faultsIn(process.env)];
    if (faults.length > 0) throw new PermanentFailure(`settings are invalid: ${faults.join("; ")}`);
    const context: ChannelContext = {
      http: http(),
      timeoutMs,
      printed: (missingSetting) => printed(channel, missingSetting),
      chatMessages,
      callbacks,
      chatActions,
      present: presentOutgoingMessage,
      pushDevices: pushDeviceSource,
      receiptUrl,
      onCallEmails: (team) => readOnCallEmails({ schedules: schedules() }, team, clock()),
    };
    return bulkhead(await create(read(), context), bounds);
  });
  const ready = async () => {
    const { settings } = channelClients[channel];
    await loadSecrets(Object.keys(settings().shape));
    return created();
  };
  return {
    deliver: async (message) => (await ready()).deliver(message),
    withdraw: async (message) => (await ready()).withdraw?.(message),
    reconcile: async (message, now) => (await (await ready()).reconcile?.(message, now)) ?? null,
  };
}

/** Returns every channel by name. Channels that are not configured print to the console. */
export const channels = lazy(
  (): Readonly<Record<string, Channel>> =>
    Object.fromEntries(channelNames.map((name) => [name, isolated(name)])),
);
