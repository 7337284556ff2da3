import type { ChannelDescription } from "../../shared/channels/channel-type.ts";
import { type ChannelName, channelNames, channels } from "../../shared/channels/registry.ts";

/**
 * Returns the channels whose required settings are all set, separated by commas. Every function may know them, so that
 * the UI can tell which settings are missing.
 */
export function configuredChannels(env: Readonly<Record<string, unknown>>): string {
  const isConfigured = (name: ChannelName) => {
    const { setups = [] }: ChannelDescription = channels[name];
    return setups.some(({ setting, required = [] }) =>
      [setting, ...required].every((each) => Boolean(env[each])),
    );
  };
  return channelNames.filter(isConfigured).join();
}
